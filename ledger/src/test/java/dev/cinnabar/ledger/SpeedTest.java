package dev.cinnabar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many durable entries a second the ledger takes, printed; the numbers that count are made by the benches. */
@Tag("deep")
class SpeedTest {
    private static final int LENGTH = 600;

    @TempDir
    Path temp;

    @Test
    void durableEntriesASecond() throws Exception {
        for (int waiting : new int[] {1, 32, 1_024}) {
            Rig rig = Rig.in(temp.resolve("log-" + waiting));
            try (Ledger ledger = rig.open(LedgerOptions.defaults())) {
                run(ledger, waiting, 1);
                long before = ledger.size();
                double seconds = run(ledger, waiting, 4);
                long entries = ledger.size() - before;
                System.out.printf(
                        "ledger: %,d waiting threads, %d-byte entries: %,.0f durable entries/s%n",
                        waiting, LENGTH, entries / seconds);
                assertThat(entries).isPositive();
            }
            assertThat(rig.fsck().faults()).isEmpty();
        }
    }

    private static double run(Ledger ledger, int waiting, int seconds) {
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        AtomicReference<LedgerException> failure = new AtomicReference<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < waiting; i++) {
                callers.execute(() -> append(ledger, end, failure));
            }
        }
        assertThat(failure.get()).isNull();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void append(Ledger ledger, long end, AtomicReference<LedgerException> failure) {
        byte[] entry = new byte[LENGTH];
        try {
            while (System.nanoTime() < end) {
                ledger.append(entry);
            }
        } catch (LedgerException e) {
            failure.set(e);
        }
    }
}
