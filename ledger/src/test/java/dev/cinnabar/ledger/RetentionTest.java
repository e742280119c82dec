package dev.cinnabar.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final Period HALF_A_YEAR = Period.ofMonths(6);
    private static final Instant NOW = Instant.parse("2027-02-10T08:00:00Z");
    /** Entries in each of the half-years before now, and in the current one. */
    private static final int EACH = 400;

    @TempDir(factory = InMemory.class)
    Path temp;

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);

    private static Retention keep(Period keep) {
        return new Retention(keep, HALF_A_YEAR, OptionalLong.empty());
    }

    private Ledger open(Rig rig) throws LedgerException {
        return Ledger.open(rig.folder, Rig.ORIGIN, rig.keys, clock::get, Rig.small(), rig.ear);
    }

    /** Entries of the first and second half of 2025, of 2026, and of now. */
    private Rig filled() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        int index = 0;
        try (Ledger ledger = open(rig)) {
            for (String then : new String[] {"2025-03-01", "2025-09-01", "2026-03-01", "2026-09-01", "2027-02-01"}) {
                clock.set(Instant.parse(then + "T00:00:00Z"));
                Ticket last = ledger.appendLater(content(index++));
                for (int i = 1; i < EACH; i++) {
                    last = ledger.appendLater(content(index++));
                }
                last.await();
                ledger.sign();
            }
            clock.set(NOW);
        }
        return rig;
    }

    private static byte[] content(int index) {
        return ByteBuffer.allocate(2_000).putInt(0, index).array();
    }

    @Test
    void wholeHalfYearsGoAndNothingYoungerThanTheLawAsks() {
        assertThat(keep(HALF_A_YEAR).cutoff(NOW)).isEqualTo("2026-07-01T00:00:00Z");
        assertThat(keep(Period.ofDays(1)).cutoff(NOW)).isEqualTo("2026-07-01T00:00:00Z");
        assertThat(keep(Period.ofYears(3)).cutoff(NOW)).isEqualTo("2024-01-01T00:00:00Z");
        assertThat(keep(HALF_A_YEAR).cutoff(Instant.parse("2027-06-30T23:59:59Z")))
                .isEqualTo("2026-07-01T00:00:00Z");
        assertThatThrownBy(() -> new Retention(HALF_A_YEAR, Period.ZERO, OptionalLong.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Retention(Period.ofDays(-1), HALF_A_YEAR, OptionalLong.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void prunedEntriesAreGoneAndTheirProofsStay() throws Exception {
        Rig rig = filled();
        long minimum;
        try (Ledger ledger = open(rig)) {
            Checkpoint checkpoint = ledger.sign();
            Hash gone = ledger.read(5).leafHash();
            minimum = ledger.prune(keep(HALF_A_YEAR));
            assertThat(minimum).isEqualTo(3 * EACH / 256 * 256); // entries before 2026-07-01, in whole bundles
            assertThatThrownBy(() -> ledger.read(minimum - 1))
                    .isInstanceOf(LedgerException.NoSuchEntry.class)
                    .hasMessageContaining("pruned");
            assertThatThrownBy(() -> ledger.from(0)).isInstanceOf(LedgerException.NoSuchEntry.class);
            assertThat(ByteBuffer.wrap(ledger.read(minimum).content()).getInt()).isEqualTo((int) minimum);
            assertThat(ledger.tile("tile/entries/000")).isEmpty();
            assertThat(ledger.tile("tile/0/000")).isPresent();
            assertThat(ledger.proveInclusion(5, checkpoint).holds(gone, checkpoint))
                    .isTrue();
            assertThat(ledger.prune(keep(Period.ofYears(2)))).isEqualTo(minimum);
        }
        assertThat(rig.folder.resolve("tile/entries/000")).doesNotExist();
        assertThat(rig.fsck().faults()).isEmpty();
        try (Ledger ledger = open(rig)) {
            assertThat(ledger.minimum()).isEqualTo(minimum);
            assertThat(ledger.size()).isEqualTo(5L * EACH);
        }
        byte[] bytes = Files.readAllBytes(rig.folder.resolve("minimum"));
        bytes[bytes.length - 3] ^= 1;
        Files.write(rig.folder.resolve("minimum"), bytes);
        assertThat(rig.fsck().faults()).anyMatch(fault -> fault.file().equals("minimum"));
        assertThatThrownBy(() -> open(rig)).isInstanceOf(LedgerException.Damaged.class);
    }

    @Test
    void aHoldKeepsItsEntryAndAllAfterIt() throws Exception {
        Rig rig = filled();
        try (Ledger ledger = open(rig)) {
            assertThat(ledger.prune(new Retention(HALF_A_YEAR, HALF_A_YEAR, OptionalLong.of(0))))
                    .isZero();
            assertThat(ledger.prune(new Retention(HALF_A_YEAR, HALF_A_YEAR, OptionalLong.of(600))))
                    .isEqualTo(512);
            assertThat(ByteBuffer.wrap(ledger.read(600).content()).getInt()).isEqualTo(600);
        }
        assertThat(rig.fsck().faults()).isEmpty();
    }

    @Test
    void aRemovalThatWasCutShortIsFinishedWhenTheLedgerIsOpened() throws Exception {
        Rig rig = filled();
        byte[] first = Files.readAllBytes(rig.folder.resolve("tile/entries/000"));
        byte[] third = Files.readAllBytes(rig.folder.resolve("tile/entries/003"));
        try (Ledger ledger = open(rig)) {
            assertThat(ledger.prune(keep(HALF_A_YEAR))).isEqualTo(1_024);
        }
        Files.write(rig.folder.resolve("tile/entries/000"), first);
        Files.write(rig.folder.resolve("tile/entries/003"), third);
        assertThat(rig.fsck().faults()).isEmpty();
        open(rig).close();
        assertThat(rig.folder.resolve("tile/entries/000")).doesNotExist();
        assertThat(rig.folder.resolve("tile/entries/003")).doesNotExist();
    }
}
