package dev.cinnabar.ledger;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What shows somebody who holds only checkpoints that the log keeps its word. RFC 6962 section 2.1, checked as RFC 9162 section 2.1 says. */
public sealed interface Proof {
    /** The hashes, in the order of the RFC. */
    List<Hash> hashes();

    /**
     * That an entry stands at this index of the tree of this size.
     *
     * @param index the entry's place
     * @param size the tree's size
     * @param hashes from the leaf's sibling up
     */
    record Inclusion(long index, long size, List<Hash> hashes) implements Proof {
        /** Refuses an index outside the tree. */
        public Inclusion {
            if (index < 0 || index >= size) {
                throw new IllegalArgumentException("no entry " + index + " in a tree of " + size);
            }
            hashes = List.copyOf(hashes);
        }

        /** Whether it leads from this leaf hash to this checkpoint's root. */
        public boolean holds(Hash leaf, Checkpoint checkpoint) {
            return checkpoint.size() == size && ProofCheck.inclusion(this, leaf, checkpoint.root());
        }

        /** The proof together with its checkpoint as one text that can be checked offline (tlog-proof, version 1). */
        public String text(Checkpoint checkpoint) {
            StringBuilder out = new StringBuilder("c2sp.org/tlog-proof@v1\nindex ")
                    .append(index)
                    .append('\n');
            hashes.forEach(hash -> out.append(hash.base64()).append('\n'));
            return out.append('\n')
                    .append(new String(checkpoint.bytes(), StandardCharsets.UTF_8))
                    .toString();
        }
    }

    /**
     * That the tree of the old size is the beginning of the tree of the new size.
     *
     * @param oldSize the smaller size
     * @param newSize the larger size
     * @param hashes as RFC 6962 section 2.1.2 orders them; none where the sizes are equal or the old tree is empty
     */
    record Consistency(long oldSize, long newSize, List<Hash> hashes) implements Proof {
        /** Refuses sizes in the wrong order. */
        public Consistency {
            if (oldSize < 0 || oldSize > newSize) {
                throw new IllegalArgumentException("no proof from size " + oldSize + " to size " + newSize);
            }
            hashes = List.copyOf(hashes);
        }

        /** Whether it leads from the old checkpoint to the new one. */
        public boolean holds(Checkpoint old, Checkpoint current) {
            return old.size() == oldSize
                    && current.size() == newSize
                    && old.origin().equals(current.origin())
                    && ProofCheck.consistency(this, old.root(), current.root());
        }
    }
}
