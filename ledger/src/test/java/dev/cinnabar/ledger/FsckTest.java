package dev.cinnabar.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.testkit.Seeded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FsckTest {
    @TempDir(factory = InMemory.class)
    Path temp;

    private Rig closed(int entries, int length) throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        try (Ledger ledger = rig.open(Rig.small().reserve(5_000))) {
            fill(ledger, entries, length);
        }
        return rig;
    }

    private static void fill(Ledger ledger, int entries, int length) throws Exception {
        Ticket last = ledger.appendLater(new byte[0]);
        for (int i = 1; i < entries; i++) {
            last = ledger.appendLater(("entry " + i + " ".repeat(length)).getBytes(UTF_8));
        }
        last.await();
        ledger.sign();
    }

    @Test
    void aSoundLedgerIsSound() throws Exception {
        Rig rig = closed(700, 1_000);
        FsckReport report = rig.fsck();
        assertThat(report.faults()).isEmpty();
        assertThat(report.notes()).isEmpty();
        assertThat(report.sound()).isTrue();
        assertThat(report.entries()).isEqualTo(700);
        assertThat(report.published()).isEqualTo(700);
        assertThat(report.origin()).contains(Rig.ORIGIN);
        assertThat(report.bytesRead()).isGreaterThan(700_000);
    }

    @Test
    void whereThereIsNoLedgerItSaysSo() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        assertThatThrownBy(rig::fsck).isInstanceOf(LedgerException.NoLedger.class);
        Files.createDirectories(rig.folder);
        assertThatThrownBy(rig::fsck).isInstanceOf(LedgerException.NoLedger.class);
    }

    @Test
    void oneFlippedByteIsFoundAndNamed() throws Exception {
        Rig rig = closed(300, 4);
        RandomGenerator random = Seeded.random(Seeded.base());
        for (Path file : files(rig.folder)) {
            long size = Files.size(file);
            long step = size < 600 ? 1 : size / 50;
            for (long at = 0; at < size; at += step == 1 ? 1 : random.nextLong(1, 2 * step)) {
                flippedIsFound(rig, file, at, 1 << random.nextInt(8));
            }
            if (size > 0) {
                flippedIsFound(rig, file, size - 1, 1 << random.nextInt(8));
            }
        }
        assertThat(rig.fsck().sound()).isTrue();
    }

    @Test
    void oneFlippedByteIsFoundWhereSegmentsAreGone() throws Exception {
        Rig rig = closed(900, 1_000);
        assertThat(files(rig.folder)).noneMatch(file -> file.endsWith("segments/" + "0".repeat(19) + ".seg"));
        RandomGenerator random = Seeded.random(Seeded.base());
        for (Path file : files(rig.folder)) {
            long size = Files.size(file);
            for (int i = 0; i < Math.min(size, 6); i++) {
                flippedIsFound(rig, file, random.nextLong(size), 1 << random.nextInt(8));
            }
        }
    }

    @Test
    @Tag("deep")
    void everyFlippedByteIsFound() throws Exception {
        Rig rig = closed(300, 4);
        for (Path file : files(rig.folder)) {
            byte[] all = Files.readAllBytes(file);
            for (int at = 0; at < all.length; at++) {
                boolean within = at < 16_384 || at % 499 == 0 || all[at] != 0; // zeros are alike
                if (within) {
                    flippedIsFound(rig, file, at, 1 << (at % 8));
                }
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void flippedIsFound(Rig rig, Path file, long at, int bit) throws Exception {
        flip(file, at, bit);
        FsckReport report = rig.fsck();
        String name = rig.folder.relativize(file).toString();
        assertThat(report.faults())
                .as("%s at byte %d, bit %d", name, at, bit)
                .anyMatch(fault -> fault.file().equals(name) && !fault.remedy().isEmpty());
        flip(file, at, bit);
    }

    private static void flip(Path file, long at, int bit) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ bit)}), at);
        }
    }

    @Test
    void namesTheEntryThatWasChanged() throws Exception {
        Rig rig = closed(600, 1_000);
        Path bundle = rig.folder.resolve("tile/entries/000");
        flip(bundle, 2 + 8 + 3 * 1_000, 1); // within the third entry or the fourth
        assertThat(rig.fsck().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo("tile/entries/000");
            assertThat(fault.index().orElseThrow()).isBetween(2L, 4L);
            assertThat(fault.toString()).contains("entry").contains("backup");
        });
    }

    @Test
    void namesTheTileThatWasChanged() throws Exception {
        Rig rig = closed(600, 1_000);
        flip(rig.folder.resolve("tile/0/001"), 32 * 5 + 1, 1);
        assertThat(rig.fsck().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo("tile/0/001");
            assertThat(fault.offset()).hasValue(32 * 5);
            assertThat(fault.index()).hasValue(256 + 5);
        });
    }

    @Test
    void everyMissingFileIsFound() throws Exception {
        Rig rig = closed(600, 1_000);
        for (Path file : files(rig.folder)) {
            if (List.of("lock", "reserve", "spare").contains(file.getFileName().toString())) {
                continue; // they are made again
            }
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            assertThat(rig.fsck().sound()).as(file.toString()).isFalse();
            Files.write(file, bytes);
        }
        assertThat(rig.fsck().sound()).isTrue();
    }

    @Test
    void truncatedFilesAreFound() throws Exception {
        Rig rig = closed(600, 1_000);
        for (Path file : files(rig.folder)) {
            if (List.of("lock", "reserve", "spare").contains(file.getFileName().toString())) {
                continue;
            }
            byte[] bytes = Files.readAllBytes(file);
            for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
                if (!file.toString().endsWith(".seg") || length < bytes.length / 4) {
                    Files.write(file, java.util.Arrays.copyOf(bytes, length));
                    assertThat(rig.fsck().sound())
                            .as(file + " cut to " + length)
                            .isFalse();
                }
            }
            Files.write(file, bytes);
        }
    }

    @Test
    void aTileOfNoEntryIsFound() throws Exception {
        Rig rig = closed(300, 4);
        Path stray = rig.folder.resolve("tile/0/007");
        Files.write(stray, new byte[8192]);
        assertThat(rig.fsck().faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.file()).isEqualTo("tile/0/007"));
    }

    @Test
    void anotherKeysCheckpointIsFound() throws Exception {
        Rig rig = closed(3, 4);
        Rig other = Rig.in(temp.resolve("other"));
        assertThat(Fsck.run(rig.folder, List.of(other.keys.verifier())).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.file()).isEqualTo("checkpoint"));
    }

    @Test
    void aLogThatItsOwnOperatorRewroteIsFoundByADepositedCheckpoint() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        Checkpoint deposited;
        try (Ledger ledger = rig.open()) {
            ledger.append("apple party".getBytes(UTF_8));
            deposited = ledger.sign();
        }
        try (Stream<Path> all = Files.walk(rig.folder)) {
            for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        try (Ledger ledger = rig.open()) {
            ledger.append("nothing happened".getBytes(UTF_8));
            ledger.append("nothing at all".getBytes(UTF_8));
        }
        assertThat(rig.fsck().sound()).isTrue();
        FsckReport compared = Fsck.run(rig.folder, List.of(rig.keys.verifier()), List.of(deposited));
        assertThat(compared.faults()).isNotEmpty();
        assertThat(compared.faults().getFirst().remedy()).contains("rewritten");
    }

    @Test
    void checksALedgerThatIsOpenAndGrowing() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        try (Ledger ledger = rig.open(Rig.small().checkpoints(Duration.ofMillis(100)))) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 4_000; i++) {
                        ledger.append(("entry " + i + "x".repeat(i % 900)).getBytes(UTF_8));
                    }
                } catch (LedgerException e) {
                    throw new AssertionError(e);
                }
            });
            List<FsckReport> reports = new ArrayList<>();
            while (writer.isAlive()) {
                reports.add(rig.fsck());
            }
            assertThat(reports)
                    .hasSizeGreaterThan(3)
                    .allSatisfy(report -> assertThat(report.faults()).isEmpty());
            assertThat(ledger.append(new byte[1]).index()).isEqualTo(4_000);
        }
        assertThat(rig.fsck().entries()).isEqualTo(4_001);
    }
}
