package dev.cinnabar.ledger;

import java.time.Instant;

/**
 * One entry as it was kept: its place, its instant, its content. What the tree hashes is its {@link #leaf()}: eight bytes of instant
 * (microseconds since 1970 UTC, big-endian, signed) and then the content, so that the instant cannot be changed unseen either.
 */
public final class Entry {
    private final long index;
    private final byte[] leaf;

    private Entry(long index, byte[] leaf) {
        this.index = index;
        this.leaf = leaf;
    }

    /** An entry over these leaf bytes, which are not copied. */
    static Entry of(long index, byte[] leaf) {
        return new Entry(index, leaf);
    }

    /** Its place in the log, from 0. */
    public long index() {
        return index;
    }

    /** When it was sequenced. */
    public Instant instant() {
        return Leaf.instant(leaf);
    }

    /** A copy of the bytes that were appended. */
    public byte[] content() {
        return Leaf.content(leaf);
    }

    /** A copy of the bytes that stand in the entry bundle and are hashed: instant and content. */
    public byte[] leaf() {
        return leaf.clone();
    }

    byte[] bytes() {
        return leaf;
    }

    /** The leaf's hash in the tree, SHA-256(0x00 || leaf), RFC 6962 section 2.1. */
    public Hash leafHash() {
        return Merkle.leaf(leaf);
    }
}
