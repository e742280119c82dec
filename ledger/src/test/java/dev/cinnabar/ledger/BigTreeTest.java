package dev.cinnabar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log with three levels of tiles: the example that tlog-tiles itself gives, of 70,000 entries. */
class BigTreeTest {
    private static final int SIZE = 70_000;

    @TempDir(factory = InMemory.class)
    Path temp;

    @Test
    void theExampleOfTheSpecification() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        append(rig, 0, 66_000);
        append(rig, 66_000, SIZE); // the edge of three levels is read from disk again
        assertThat(count(rig, "tile/0", false)).isEqualTo(273);
        assertThat(rig.folder.resolve("tile/0/273.p/112")).hasSize(112 * 32);
        assertThat(rig.folder.resolve("tile/1/000")).hasSize(8192);
        assertThat(rig.folder.resolve("tile/1/001.p/17")).hasSize(17 * 32);
        assertThat(rig.folder.resolve("tile/2/000.p/1")).hasSize(32);
        assertThat(count(rig, "tile", true)).isEqualTo(4);
        assertThat(new Layout(rig.folder).listSegments()).hasSizeLessThan(4);
        FsckReport report = rig.fsck();
        assertThat(report.faults()).isEmpty();
        assertThat(report.entries()).isEqualTo(SIZE);
        try (Ledger ledger = rig.open()) {
            Checkpoint checkpoint = ledger.checkpoint();
            for (long index : new long[] {0, 255, 256, 65_535, 65_536, SIZE - 1}) {
                Entry entry = ledger.read(index);
                assertThat(ByteBuffer.wrap(entry.content()).getInt()).isEqualTo((int) index);
                assertThat(ledger.proveInclusion(index, checkpoint).holds(entry.leafHash(), checkpoint))
                        .isTrue();
            }
            for (long old : List.of(1L, 255L, 256L, 65_535L, 65_536L, 65_537L, 69_999L)) {
                assertThat(ledger.proveConsistency(old, checkpoint).hashes()).isNotEmpty();
            }
        }
    }

    private static void append(Rig rig, int from, int to) throws LedgerException {
        try (Ledger ledger = rig.open()) {
            Ticket last =
                    ledger.appendLater(ByteBuffer.allocate(4).putInt(0, from).array());
            for (int i = from + 1; i < to; i++) {
                last = ledger.appendLater(ByteBuffer.allocate(4).putInt(0, i).array());
            }
            assertThat(last.await().index()).isEqualTo(to - 1);
        }
    }

    private static long count(Rig rig, String folder, boolean partial) throws Exception {
        try (Stream<Path> all = Files.walk(rig.folder.resolve(folder))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(".p/") == partial)
                    .count();
        }
    }
}
