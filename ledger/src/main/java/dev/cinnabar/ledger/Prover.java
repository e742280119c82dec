package dev.cinnabar.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Makes the proofs of RFC 6962 section 2.1 for one published tree, from its tiles. */
final class Prover {
    private final Tiles tiles;
    private final List<Hash> hashes = new ArrayList<>();

    Prover(Tiles tiles) {
        this.tiles = tiles;
    }

    Proof.Inclusion inclusion(long index, Checkpoint checkpoint) throws IOException, LedgerException.Damaged {
        path(index, 0, checkpoint.size());
        Proof.Inclusion proof = new Proof.Inclusion(index, checkpoint.size(), hashes);
        if (!proof.holds(Hash.of(tiles.node(0, index)), checkpoint)) {
            throw damaged("the proof for entry " + index + " does not lead to the root", checkpoint);
        }
        return proof;
    }

    Proof.Consistency consistency(long oldSize, Checkpoint checkpoint) throws IOException, LedgerException.Damaged {
        if (oldSize > 0 && oldSize < checkpoint.size()) {
            part(oldSize, 0, checkpoint.size(), true);
        }
        Hash root = oldSize == 0 ? Merkle.EMPTY : Hash.of(root(0, oldSize));
        Proof.Consistency proof = new Proof.Consistency(oldSize, checkpoint.size(), hashes);
        if (!ProofCheck.consistency(proof, root, checkpoint.root())) {
            throw damaged("the proof from size " + oldSize + " does not lead to the root", checkpoint);
        }
        return proof;
    }

    private LedgerException.Damaged damaged(String what, Checkpoint checkpoint) {
        return new LedgerException.Damaged(
                tiles.layout().tiles(),
                OptionalLong.empty(),
                what + " of the checkpoint of size " + checkpoint.size(),
                "Either the checkpoint is not this log's, or a tile is damaged: run fsck.");
    }

    private void path(long index, long from, long to) throws IOException, LedgerException.Damaged {
        if (to - from == 1) {
            return;
        }
        long middle = from + Long.highestOneBit(to - from - 1);
        if (index < middle) {
            path(index, from, middle);
            hashes.add(Hash.of(root(middle, to)));
        } else {
            path(index, middle, to);
            hashes.add(Hash.of(root(from, middle)));
        }
    }

    /** SUBPROOF of RFC 6962: {@code old} is the old size within this range, {@code known} that its root is known to who checks. */
    private void part(long old, long from, long to, boolean known) throws IOException, LedgerException.Damaged {
        if (old == to) {
            if (!known) {
                hashes.add(Hash.of(root(from, to)));
            }
            return;
        }
        long middle = from + Long.highestOneBit(to - from - 1);
        if (old <= middle) {
            part(old, from, middle, known);
            hashes.add(Hash.of(root(middle, to)));
        } else {
            part(old, middle, to, false);
            hashes.add(Hash.of(root(from, middle)));
        }
    }

    private byte[] root(long from, long to) throws IOException, LedgerException.Damaged {
        long count = to - from;
        if (Long.bitCount(count) == 1) {
            int height = Long.numberOfTrailingZeros(count);
            return tiles.node(height, from >> height);
        }
        long middle = from + Long.highestOneBit(count - 1);
        return Merkle.node(Merkle.sha256(), root(from, middle), root(middle, to));
    }
}
