package dev.cinnabar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Seeded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree is compared with one that is made by the letter of RFC 6962, over random entries, batches, checkpoints and reopenings. */
class TreePropertyTest {
    private static final int SIZE = 1_500;

    @TempDir(factory = InMemory.class)
    Path temp;

    @Test
    void theTreeIsTheOneOfTheRfc() throws Exception {
        long seed = Seeded.base();
        RandomGenerator random = Seeded.random(seed);
        Rig rig = Rig.in(temp.resolve("log"));
        List<byte[]> leaves = new ArrayList<>();
        List<Checkpoint> checkpoints = new ArrayList<>();
        while (leaves.size() < SIZE) {
            try (Ledger ledger = rig.open()) {
                for (int rounds = random.nextInt(4); rounds >= 0; rounds--) {
                    appendSome(ledger, random, leaves);
                    checkpoints.add(random.nextBoolean() ? ledger.sign() : ledger.checkpoint());
                }
            }
        }
        try (Ledger ledger = rig.open()) {
            checkpoints.add(ledger.sign());
            for (Checkpoint checkpoint : checkpoints) {
                assertThat(checkpoint.root().bytes())
                        .as("seed %d, size %d", seed, checkpoint.size())
                        .isEqualTo(NaiveTree.root(leaves.subList(0, (int) checkpoint.size())));
            }
            for (int i = 0; i < 60; i++) {
                Checkpoint one = checkpoints.get(random.nextInt(checkpoints.size()));
                Checkpoint two = checkpoints.get(random.nextInt(checkpoints.size()));
                proofs(
                        ledger,
                        random,
                        leaves,
                        one.size() <= two.size() ? one : two,
                        one.size() <= two.size() ? two : one);
            }
            tiles(ledger, leaves);
        }
        assertThat(rig.ear.alarms).isEmpty();
    }

    private static void appendSome(Ledger ledger, RandomGenerator random, List<byte[]> leaves) throws Exception {
        List<Ticket> tickets = new ArrayList<>();
        for (int n = random.nextInt(1, 300); n > 0; n--) {
            byte[] content = new byte[random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(200)];
            random.nextBytes(content);
            tickets.add(ledger.appendLater(content));
        }
        for (Ticket ticket : tickets) {
            Appended appended = ticket.await();
            assertThat(appended.index()).isEqualTo(leaves.size());
            leaves.add(ledger.read(appended.index()).leaf());
        }
    }

    private static void proofs(
            Ledger ledger, RandomGenerator random, List<byte[]> leaves, Checkpoint old, Checkpoint current)
            throws Exception {
        List<byte[]> then = leaves.subList(0, (int) current.size());
        Proof.Consistency kept = ledger.proveConsistency(old.size(), current);
        assertThat(kept.hashes()).isEqualTo(NaiveTree.proof((int) old.size(), then));
        assertThat(kept.holds(old, current)).isTrue();
        if (current.size() == 0) {
            return;
        }
        int index = random.nextInt((int) current.size());
        Proof.Inclusion there = ledger.proveInclusion(index, current);
        assertThat(there.hashes()).isEqualTo(NaiveTree.path(index, then));
        assertThat(there.holds(ledger.read(index).leafHash(), current)).isTrue();
        assertThat(there.holds(Hash.of(new byte[Hash.BYTES]), current)).isFalse();
        for (int i = 0; i < there.hashes().size(); i++) {
            List<Hash> spoilt = new ArrayList<>(there.hashes());
            byte[] hash = spoilt.get(i).bytes();
            hash[random.nextInt(Hash.BYTES)] ^= 1;
            spoilt.set(i, Hash.of(hash));
            assertThat(new Proof.Inclusion(index, current.size(), spoilt)
                            .holds(ledger.read(index).leafHash(), current))
                    .isFalse();
        }
        if (old.size() > 0 && old.size() < current.size()) {
            List<Hash> less = kept.hashes().subList(0, kept.hashes().size() - 1);
            assertThat(new Proof.Consistency(old.size(), current.size(), less).holds(old, current))
                    .isFalse();
        }
    }

    /** Every tile and bundle that the specification asks of this size stands in the folder, byte for byte, and nothing else does. */
    private void tiles(Ledger ledger, List<byte[]> leaves) throws Exception {
        List<Path> expected = new ArrayList<>();
        Path folder = temp.resolve("log");
        for (int level = -1; level < 2; level++) {
            int span = level == 1 ? 256 : 1;
            for (int from = 0; from + span <= leaves.size(); from += 256 * span) {
                int width = Math.min(256, (leaves.size() - from) / span);
                TilePath path = new TilePath(level, from / span / 256, width);
                byte[] bytes = level < 0 ? bundle(leaves, from, width) : tile(leaves, from, span, width);
                assertThat(Files.readAllBytes(folder.resolve(path.toString())))
                        .as(path.toString())
                        .isEqualTo(bytes);
                assertThat(ledger.tile(path.toString()).orElseThrow()).isEqualTo(bytes);
                expected.add(folder.resolve(path.toString()));
            }
        }
        try (var all = Files.walk(folder.resolve("tile"))) {
            assertThat(all.filter(Files::isRegularFile)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static byte[] tile(List<byte[]> leaves, int from, int span, int width) {
        byte[] tile = new byte[width * Hash.BYTES];
        for (int i = 0; i < width; i++) {
            byte[] hash = NaiveTree.root(leaves.subList(from + i * span, from + (i + 1) * span));
            System.arraycopy(hash, 0, tile, i * Hash.BYTES, Hash.BYTES);
        }
        return tile;
    }

    private static byte[] bundle(List<byte[]> leaves, int from, int width) {
        var out = new java.io.ByteArrayOutputStream();
        for (byte[] leaf : leaves.subList(from, from + width)) {
            out.write(leaf.length >> 8);
            out.write(leaf.length & 0xff);
            out.writeBytes(leaf);
        }
        return out.toByteArray();
    }
}
