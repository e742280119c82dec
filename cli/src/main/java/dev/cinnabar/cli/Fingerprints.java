package dev.cinnabar.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A set of texts that remembers 128 bits of each: 32 to 64 bytes a text, however long, and no two of a billion are taken for one. */
final class Fingerprints {
    private long[] slots = new long[1 << 11];
    private int size;
    private final MessageDigest digest;

    Fingerprints() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Adds a text; false where it was there. */
    boolean add(String text) {
        if (4 * (size + 1) > slots.length) {
            grow();
        }
        ByteBuffer hash = hash(text);
        boolean added = put(slots, hash.getLong(0), hash.getLong(8));
        size += added ? 1 : 0;
        return added;
    }

    boolean contains(String text) {
        ByteBuffer hash = hash(text);
        int at = slot(slots, hash.getLong(0), hash.getLong(8));
        return (slots[at] | slots[at + 1]) != 0;
    }

    int size() {
        return size;
    }

    private ByteBuffer hash(String text) {
        return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void grow() {
        long[] more = new long[slots.length * 2];
        for (int at = 0; at < slots.length; at += 2) {
            if ((slots[at] | slots[at + 1]) != 0) {
                put(more, slots[at], slots[at + 1]);
            }
        }
        slots = more;
    }

    private static boolean put(long[] slots, long high, long low) {
        int at = slot(slots, high, low);
        if ((slots[at] | slots[at + 1]) != 0) {
            return false;
        }
        slots[at] = high;
        slots[at + 1] = low;
        return true;
    }

    /** Where the pair is, or the free place where it belongs. */
    private static int slot(long[] slots, long high, long low) {
        int mask = slots.length - 2;
        int at = (int) (high << 1) & mask;
        while ((slots[at] | slots[at + 1]) != 0 && (slots[at] != high || slots[at + 1] != low)) {
            at = at + 2 & mask;
        }
        return at;
    }
}
