package dev.cinnabar.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Syncs that fail, writes that stop half-way, disks that fill up: refused at once, nothing acknowledged lost, and writable again without a restart. */
class FailingDiskTest {
    @TempDir(factory = InMemory.class)
    Path temp;

    private static byte[] entry(int i) {
        return ("entry " + i + " by the river").getBytes(UTF_8);
    }

    private static void await(BooleanSupplier until) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!until.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited ten seconds in vain").isLessThan(end);
            Thread.sleep(5);
        }
    }

    private static boolean writable(Ledger ledger) {
        return ledger.state() instanceof State.Writable;
    }

    @Test
    void aSyncThatFailsFailsEveryWaiterAndTheLedgerGoesOnInAFreshFile() throws Exception {
        failsAndMends(false);
    }

    @Test
    void aWriteThatStopsHalfWayFailsEveryWaiterAndTheLedgerGoesOnInAFreshFile() throws Exception {
        failsAndMends(true);
    }

    private void failsAndMends(boolean write) throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        FaultyDisk disk = new FaultyDisk();
        List<byte[]> kept = new ArrayList<>();
        try (Ledger ledger = rig.open(Rig.small().on(disk))) {
            for (int i = 0; i < 300; i++) {
                ledger.append(entry(i));
                kept.add(entry(i));
            }
            Object file = Files.readAttributes(segment(rig), "unix:ino").get("ino");
            disk.stall();
            Ticket first = ledger.appendLater(entry(1_000));
            Thread.sleep(30);
            List<Ticket> waiting =
                    new ArrayList<>(List.of(ledger.appendLater(entry(1_001)), ledger.appendLater(entry(1_002))));
            (write ? disk.failingWrites : disk.failingForces).set(4);
            disk.resume();
            if (write) {
                first.await(); // its write was over before writes began to fail
                kept.add(entry(1_000));
            } else {
                waiting.add(first);
            }
            for (Ticket ticket : waiting) {
                assertThatThrownBy(ticket::await)
                        .isInstanceOf(LedgerException.NotRecorded.class)
                        .hasMessageContaining("Input/output error");
            }
            assertThat(ledger.state()).isInstanceOf(State.Refusing.class);
            assertThatThrownBy(() -> ledger.append(entry(2_000)))
                    .isInstanceOf(LedgerException.NotRecorded.class)
                    .hasMessageContaining("tries again by itself");
            assertThat(ledger.read(7).content()).isEqualTo(entry(7));
            await(() -> writable(ledger));
            assertThat(Files.readAttributes(segment(rig), "unix:ino").get("ino"))
                    .isNotEqualTo(file);
            assertThat(ledger.append(entry(3_000)).index()).isEqualTo(kept.size());
            kept.add(entry(3_000));
            assertThat(ledger.sign().size()).isEqualTo(kept.size());
        }
        assertThat(rig.ear.refusals).hasSize(1);
        intact(rig, kept);
    }

    private static Path segment(Rig rig) throws IOException {
        return new Layout(rig.folder).listSegments().getLast();
    }

    private static void intact(Rig rig, List<byte[]> kept) throws Exception {
        assertThat(rig.fsck().faults()).isEmpty();
        try (Ledger ledger = rig.open()) {
            assertThat(ledger.size()).isEqualTo(kept.size());
            EntryCursor cursor = ledger.from(0);
            for (byte[] content : kept) {
                assertThat(cursor.next().orElseThrow().content()).isEqualTo(content);
            }
        }
    }

    @Test
    void manyCallersThroughManyFailuresEndWithExactlyWhatTheyWereTold() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        FaultyDisk disk = new FaultyDisk();
        List<Long> places = new ArrayList<>();
        try (Ledger ledger = rig.open(Rig.small().on(disk).checkpoints(Duration.ofMillis(100)));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> running = new ArrayList<>();
            for (int c = 0; c < 20; c++) {
                int caller = c;
                running.add(callers.submit(() -> insist(ledger, caller)));
            }
            for (int i = 0; i < 12; i++) {
                Thread.sleep(20);
                (i % 2 == 0 ? disk.failingForces : disk.failingWrites).set(1 + i % 3);
            }
            for (Future<List<Long>> one : running) {
                places.addAll(one.get());
            }
        }
        assertThat(places).doesNotHaveDuplicates().hasSize(20 * 100);
        assertThat(rig.ear.refusals).isNotEmpty();
        assertThat(rig.fsck().faults()).isEmpty();
        assertThat(rig.fsck().entries()).isEqualTo(20 * 100);
    }

    /** Appends a hundred entries, each until it is taken, and checks that each stands where it was said. */
    private static List<Long> insist(Ledger ledger, int caller) throws Exception {
        List<Long> places = new ArrayList<>();
        while (places.size() < 100) {
            byte[] content = ("caller " + caller + " entry " + places.size()).getBytes(UTF_8);
            try {
                long index = ledger.append(content).index();
                assertThat(ledger.read(index).content()).isEqualTo(content);
                places.add(index);
            } catch (LedgerException.NotRecorded e) {
                Thread.sleep(5);
            }
        }
        return places;
    }

    @Test
    void aDiskThatIsFullRefusesAndTakesEntriesAgainWhenThereIsRoom() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        FaultyDisk disk = new FaultyDisk();
        List<byte[]> kept = new ArrayList<>();
        try (Ledger ledger = rig.open(Rig.small().on(disk).reserve(300_000))) {
            disk.full = true;
            assertThatThrownBy(() -> fill(ledger, kept)).isInstanceOf(LedgerException.NotRecorded.class);
            assertThat(kept).isNotEmpty(); // the segment that stood was used up first
            assertThat(rig.ear.alarms).anySatisfy(alarm -> assertThat(alarm).contains("full"));
            assertThat(rig.folder.resolve("reserve")).doesNotExist();
            assertThatThrownBy(ledger::sign).isInstanceOf(LedgerException.Unavailable.class);
            assertThatThrownBy(() -> ledger.append(entry(0))).isInstanceOf(LedgerException.NotRecorded.class);
            disk.full = false;
            await(() -> writable(ledger));
            kept.add(entry(0));
            ledger.append(entry(0));
            assertThat(ledger.sign().size()).isEqualTo(kept.size());
            await(() -> ledger.state() instanceof State.Writable);
        }
        intact(rig, kept);
    }

    private static void fill(Ledger ledger, List<byte[]> kept) throws LedgerException {
        while (true) {
            byte[] content = ("entry " + kept.size() + " ".repeat(1_000)).getBytes(UTF_8);
            ledger.append(content);
            kept.add(content);
        }
    }

    /** How far publishing has come when the room ends decides which way it mends: so each round leaves another amount of room. */
    @Test
    void aSmallFileSystemThatIsFullTakesEntriesAgainWhenThereIsRoom() throws Exception {
        for (int round = 0; round < 8; round++) {
            Path small = Files.createDirectories(temp.resolve("small" + round));
            fillFileSystem(small, Rig.small().on(new SmallDisk(small, (4 << 20) + round * 30_000)));
        }
    }

    /** The partial bundle has no room, the whole ones before it are there: these are published, and the segments they stand for make the room. */
    @Test
    void aPartialBundleWithoutRoomDoesNotKeepTheWholeOnesFromBeingPublished() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        FaultyDisk disk = new FaultyDisk();
        try (Ledger ledger = rig.open(Rig.small().on(disk))) {
            disk.noRoomFor = file -> file.toString().contains(".p");
            for (int i = 0; i < 3 * TilePath.FULL + 200; i++) {
                ledger.append(("entry " + i + " ".repeat(1_000)).getBytes(UTF_8));
            }
            assertThatThrownBy(ledger::sign).isInstanceOf(LedgerException.Unavailable.class);
            disk.noRoomFor = file ->
                    file.toString().contains("entries") && file.toString().contains(".p");
            assertThatThrownBy(ledger::sign).isInstanceOf(LedgerException.Unavailable.class);
            assertThat(ledger.checkpoint().size()).isEqualTo(3 * TilePath.FULL);
            assertThat(new Layout(rig.folder).listSegments()).hasSizeLessThan(3);
            disk.noRoomFor = file -> false;
            assertThat(ledger.sign().size()).isEqualTo(3 * TilePath.FULL + 200);
        }
        assertThat(rig.fsck().faults()).isEmpty();
    }

    /** Deep because it mounts, which wants root; the same on a simulated small disk is in the quick run. */
    @Test
    @Tag("deep")
    void aRealFileSystemThatIsFull() throws Exception {
        Path small = Files.createDirectories(temp.resolve("small"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small.toString()) == 0,
                "tool absent: a mount of a small tmpfs, which wants root");
        try {
            fillFileSystem(small, Rig.small());
        } finally {
            run("umount", "-l", small.toString());
        }
    }

    private void fillFileSystem(Path small, LedgerOptions plain) throws Exception {
        Rig rig = Rig.in(small.resolve("log"));
        List<byte[]> kept = new ArrayList<>();
        LedgerOptions options = plain.reserve(300_000).checkpoints(Duration.ofMillis(100));
        try (Ledger ledger = rig.open(options)) {
            Path ballast = small.resolve("ballast");
            Files.write(ballast, new byte[2_000_000]);
            assertThatThrownBy(() -> fill(ledger, kept)).isInstanceOf(LedgerException.NotRecorded.class);
            assertThat(kept).hasSizeGreaterThan(100);
            assertThat(rig.ear.alarms).isNotEmpty();
            for (int i = 0; i < kept.size(); i += 10) {
                assertThat(ledger.read(i).content()).isEqualTo(kept.get(i));
            }
            Files.delete(ballast);
            await(() -> writable(ledger));
            kept.add(entry(1));
            ledger.append(entry(1));
        }
        try (Ledger ledger = rig.open(options)) {
            assertThat(ledger.size()).isEqualTo(kept.size());
        }
        assertThat(rig.fsck().faults()).isEmpty();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    /** What was acknowledged and cannot be read back any more is no matter of trying again. */
    @Test
    void anAcknowledgedEntryThatChangedUnderTheLedgerStopsItForGood() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        try (Ledger ledger = rig.open()) {
            for (int i = 0; i < 3; i++) {
                ledger.append(entry(i));
            }
            try (SegmentFile file = Disk.real().open(segment(rig))) {
                file.write(ByteBuffer.wrap(new byte[] {9}), SegmentHead.BYTES + SegmentFrame.HEAD + 12);
            }
            assertThatThrownBy(ledger::sign).isInstanceOf(LedgerException.Unavailable.class);
            assertThat(ledger.state()).isInstanceOfSatisfying(State.Refusing.class, state -> {
                assertThat(state.recoverable()).isFalse();
                assertThat(state.reason()).contains("not what was written");
            });
            assertThatThrownBy(() -> ledger.append(entry(1)))
                    .isInstanceOf(LedgerException.NotRecorded.class)
                    .hasMessageContaining("checked and opened again");
        }
        assertThat(rig.fsck().sound()).isFalse();
        assertThatThrownBy(rig::open).isInstanceOf(LedgerException.class);
    }

    @Test
    void aDiskThatCannotBeReadWhileItMendsKeepsTheLedgerRefusing() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        FaultyDisk disk = new FaultyDisk();
        try (Ledger ledger = rig.open(Rig.small().on(disk))) {
            ledger.append(entry(0));
            disk.readsFail = true;
            disk.failingForces.set(1);
            assertThatThrownBy(() -> ledger.append(entry(1))).isInstanceOf(LedgerException.NotRecorded.class);
            Thread.sleep(400);
            assertThat(writable(ledger)).isFalse();
            disk.readsFail = false;
            await(() -> writable(ledger));
            assertThat(ledger.append(entry(2)).index()).isEqualTo(1);
        }
        intact(rig, List.of(entry(0), entry(2)));
    }
}
