package dev.cinnabar.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.testkit.Seeded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger is cut off at every point, and opened again: what was acknowledged is there, and what was not does no harm. */
class CrashTest {
    private static final int ACKNOWLEDGED = 5;

    @TempDir(factory = InMemory.class)
    Path temp;

    private static byte[] entry(int i) {
        return ("entry " + i + " in the rain ").repeat(1 + i % 3).getBytes(UTF_8);
    }

    /** A ledger that died before its last batch, of three entries, was acknowledged; gives where that batch begins and ends in the segment. */
    private record Died(Rig rig, Path segment, int from, int to) {}

    private Died died(boolean published) throws Exception {
        Rig living = Rig.in(temp.resolve("living"));
        FaultyDisk disk = new FaultyDisk();
        try (Ledger ledger = living.open(Rig.small().on(disk))) {
            for (int i = 0; i < ACKNOWLEDGED; i++) {
                ledger.append(entry(i));
            }
            if (published) {
                ledger.sign();
            }
            int from = used(living.folder);
            disk.stall();
            ledger.appendLater(entry(100));
            awaitGrowth(living.folder, from); // this one is with the disk; the next ones gather behind it
            int middle = used(living.folder);
            List<Ticket> batch = new ArrayList<>();
            disk.resume();
            for (int i = 101; i < 104; i++) {
                batch.add(ledger.appendLater(entry(i)));
            }
            for (Ticket ticket : batch) {
                ticket.await();
            }
            assertThat(middle).isGreaterThan(from);
            Rig dead = living.copyTo(temp.resolve("dead"));
            return new Died(dead, dead.folder.resolve("segments/0000000000000000000.seg"), from, used(living.folder));
        }
    }

    private static void awaitGrowth(Path folder, int from) throws Exception {
        for (int i = 0; i < 200 && used(folder) == from; i++) {
            Thread.sleep(10);
        }
    }

    private static int used(Path folder) throws IOException {
        byte[] all = Files.readAllBytes(folder.resolve("segments/0000000000000000000.seg"));
        int end = all.length;
        while (all[end - 1] == 0) {
            end--;
        }
        return end;
    }

    @Test
    void aSegmentCutAtAnyByteOfTheLastEntriesOpensAgain() throws Exception {
        Died died = died(true);
        byte[] whole = Files.readAllBytes(died.segment());
        for (int cut = died.from(); cut <= died.to(); cut++) {
            byte[] torn = whole.clone();
            java.util.Arrays.fill(torn, cut, torn.length, (byte) 0);
            opensWithAllAcknowledged(died, torn, "cut at " + cut);
        }
    }

    @Test
    void aSegmentWithGarbageFromAnyByteOfTheLastEntriesOpensAgain() throws Exception {
        Died died = died(true);
        byte[] whole = Files.readAllBytes(died.segment());
        RandomGenerator random = Seeded.random(Seeded.base());
        for (int cut = died.from(); cut <= died.to(); cut++) {
            byte[] torn = whole.clone();
            byte[] garbage = new byte[died.to() - cut + random.nextInt(1, 4_096)];
            random.nextBytes(garbage);
            System.arraycopy(garbage, 0, torn, cut, garbage.length);
            opensWithAllAcknowledged(died, torn, "garbage from " + cut);
        }
    }

    @Test
    void aBatchWhoseBeginningNeverReachedTheDiskIsDropped() throws Exception {
        SegmentHead head = new SegmentHead(0, 42);
        ByteBuffer segment = ByteBuffer.allocate(LedgerOptions.LEAST_SEGMENT);
        segment.put(head.bytes(Rig.ORIGIN));
        SegmentFrame.put(segment, 42, 0, 0, 1, entry(0));
        int from = segment.position();
        SegmentFrame.put(segment, 42, 1, 0, 2, entry(1));
        int second = segment.position();
        SegmentFrame.put(segment, 42, 2, 1, 2, entry(2));
        java.util.Arrays.fill(segment.array(), from, second, (byte) 0);
        SegmentScan scan = SegmentScan.of(segment.clear(), Rig.ORIGIN).orElseThrow();
        assertThat(scan.end()).isEqualTo(1);
        assertThat(scan.tail()).isInstanceOf(SegmentScan.Tail.Torn.class);
    }

    private void opensWithAllAcknowledged(Died died, byte[] segment, String how) throws Exception {
        Rig copy = died.rig().copyTo(temp.resolve("copy"));
        Files.write(copy.folder.resolve("segments/0000000000000000000.seg"), segment);
        try (Ledger ledger = copy.open()) {
            assertThat(ledger.size()).as(how).isBetween((long) ACKNOWLEDGED, ACKNOWLEDGED + 4L);
            for (int i = 0; i < ledger.size(); i++) {
                int named = i < ACKNOWLEDGED ? i : 100 + i - ACKNOWLEDGED;
                assertThat(ledger.read(i).content()).as(how).isEqualTo(entry(named));
            }
            long next = ledger.size();
            assertThat(ledger.append(entry(7)).index()).isEqualTo(next);
        }
        assertThat(copy.fsck().faults()).as(how).isEmpty();
        deleteAll(copy.folder);
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void damageToAnEntryThatWasAcknowledgedIsNotTakenForATornEnd() throws Exception {
        Died died = died(false);
        byte[] whole = Files.readAllBytes(died.segment());
        RandomGenerator random = Seeded.random(Seeded.base());
        for (int i = 0; i < 40; i++) {
            byte[] rotten = whole.clone();
            rotten[random.nextInt(SegmentHead.BYTES, died.from())] ^= 4;
            Rig copy = died.rig().copyTo(temp.resolve("copy"));
            Files.write(copy.folder.resolve("segments/0000000000000000000.seg"), rotten);
            assertThatThrownBy(copy::open)
                    .isInstanceOf(LedgerException.Damaged.class)
                    .hasMessageContaining("is not as it was written")
                    .hasMessageContaining("0000000000000000000.seg at byte");
            assertThat(copy.fsck().sound()).isFalse();
            deleteAll(copy.folder);
        }
    }

    @Test
    void contentThatImitatesAFrameIsNotTakenForOne() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        ByteBuffer forged = ByteBuffer.allocate(200);
        SegmentFrame.put(forged, 0, 1_000, 0, 1, "apple party".getBytes(UTF_8));
        byte[] content = java.util.Arrays.copyOf(forged.array(), forged.position());
        try (Ledger ledger = rig.open()) {
            ledger.append(content);
            Rig copy = rig.copyTo(temp.resolve("copy"));
            Path segment = copy.folder.resolve("segments/0000000000000000000.seg");
            try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                channel.write(
                        ByteBuffer.wrap(new byte[] {0}), SegmentHead.BYTES + 4); // the frame that holds it is torn
            }
            try (Ledger again = copy.open()) {
                assertThat(again.size()).isZero();
            }
        }
    }

    @Test
    void aCrashWhileALedgerIsMadeLeavesNothingInTheWay() throws Exception {
        for (String missing : List.of("log", "checkpoint", "segments/0000000000000000000.seg")) {
            Rig rig = Rig.in(temp.resolve("made-" + missing.length()));
            rig.open().close();
            Files.delete(rig.folder.resolve("log"));
            Files.deleteIfExists(rig.folder.resolve(missing));
            Files.write(rig.folder.resolve("segments/spare"), new byte[77]);
            try (Ledger ledger = rig.open()) {
                ledger.append(entry(0));
            }
            assertThat(rig.fsck().faults()).isEmpty();
        }
    }

    @Test
    void aFolderThatLostItsNameOrItsCheckpointIsNotTakenForANewOne() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        try (Ledger ledger = rig.open()) {
            ledger.append(entry(0));
        }
        for (String missing : List.of("log", "checkpoint", "segments/0000000000000000000.seg")) {
            Path file = rig.folder.resolve(missing);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            assertThatThrownBy(rig::open).as(missing).isInstanceOf(LedgerException.Damaged.class);
            Files.write(file, bytes);
        }
        rig.open().close();
    }

    /** A folder set back to an older copy of its segments, or of its checkpoint alone, is recognised or caught up with. */
    @Test
    void aLogNeverFallsBehindItsOwnCheckpoint() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        try (Ledger ledger = rig.open()) {
            ledger.append(entry(0));
            ledger.sign();
        }
        Path segment = rig.folder.resolve("segments/0000000000000000000.seg");
        byte[] old = Files.readAllBytes(segment);
        try (Ledger ledger = rig.open()) {
            ledger.append(entry(1));
        }
        Files.write(segment, old);
        assertThatThrownBy(rig::open)
                .isInstanceOf(LedgerException.Damaged.class)
                .hasMessageContaining("end at 1")
                .hasMessageContaining("vouches for 2");
    }

    /** A child process appends and says which indices were acknowledged; it is killed, several times, and every one of them is there. */
    @Test
    void nothingAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        List<String> acknowledged = new ArrayList<>();
        long seed = Seeded.base();
        RandomGenerator random = Seeded.random(seed);
        for (int life = 0; life < 4; life++) {
            Process child = CrashChild.start(rig.folder, life);
            try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
                assertThat(out.readLine()).isEqualTo("open");
                Thread killer = Thread.ofPlatform().start(() -> killAfter(child, random.nextInt(100, 700)));
                for (String line = out.readLine(); line != null && line.endsWith(";"); line = out.readLine()) {
                    acknowledged.add(line);
                }
                killer.join();
            }
            assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(rig.fsck().faults())
                    .as("life %d, seed %d, before reopening", life, seed)
                    .isEmpty();
        }
        verify(rig, acknowledged, seed);
    }

    private static void killAfter(Process child, int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        child.toHandle().destroyForcibly(); // SIGKILL; the process' own method would close what it printed too
    }

    private static void verify(Rig rig, List<String> acknowledged, long seed) throws Exception {
        assertThat(acknowledged).hasSizeGreaterThan(500);
        try (Ledger ledger = rig.open()) {
            for (String line : acknowledged) {
                String[] parts = line.substring(0, line.length() - 1).split(" ", 2);
                Entry kept = ledger.read(Long.parseLong(parts[0]));
                assertThat(new String(kept.content(), UTF_8))
                        .as("seed %d", seed)
                        .startsWith(parts[1] + " ");
            }
            assertThat(ledger.sign().size()).isEqualTo(ledger.size());
        }
        FsckReport report = rig.fsck();
        assertThat(report.faults()).isEmpty();
        assertThat(report.notes()).isEmpty();
    }
}
