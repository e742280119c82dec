package dev.cinnabar.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashing of RFC 6962 section 2.1: SHA-256 with 0x00 before leaves and 0x01 before inner nodes. */
final class Merkle {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    /** The root of a tree with no leaves: the SHA-256 of nothing. */
    static final Hash EMPTY = Hash.of(sha256().digest());

    private Merkle() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    static Hash leaf(byte[] leaf) {
        return Hash.of(leaf(sha256(), leaf));
    }

    static byte[] leaf(MessageDigest digest, byte[] leaf) {
        digest.update(LEAF);
        return digest.digest(leaf);
    }

    static byte[] node(MessageDigest digest, byte[] left, byte[] right) {
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    /** The root over {@code count} hashes that stand one after the other from {@code from}; count is a power of two. */
    static byte[] perfect(MessageDigest digest, byte[] hashes, int from, int count) {
        byte[] level = java.util.Arrays.copyOfRange(hashes, from * Hash.BYTES, (from + count) * Hash.BYTES);
        for (int width = count; width > 1; width /= 2) {
            for (int i = 0; i < width / 2; i++) {
                digest.update(NODE);
                digest.update(level, 2 * i * Hash.BYTES, 2 * Hash.BYTES);
                System.arraycopy(digest.digest(), 0, level, i * Hash.BYTES, Hash.BYTES);
            }
        }
        return java.util.Arrays.copyOf(level, Hash.BYTES);
    }
}
