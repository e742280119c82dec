package dev.cinnabar.ledger;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The entry bundle of tlog-tiles: each leaf with its length in front, 16 bits big-endian. */
final class Bundle {
    static final int LENGTH_BYTES = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int count;

    void add(byte[] leaf) {
        bytes.write(leaf.length >>> 8);
        bytes.write(leaf.length);
        bytes.writeBytes(leaf);
        count++;
    }

    int count() {
        return count;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    void clear() {
        bytes.reset();
        count = 0;
    }

    /** The leaves of a bundle; empty where the bytes are not whole leaves. */
    static Optional<List<byte[]>> leaves(byte[] bundle) {
        List<byte[]> leaves = new ArrayList<>();
        for (int at = 0; at < bundle.length; ) {
            Optional<byte[]> leaf = leaf(bundle, at);
            if (leaf.isEmpty()) {
                return Optional.empty();
            }
            leaves.add(leaf.get());
            at += LENGTH_BYTES + leaf.get().length;
        }
        return Optional.of(leaves);
    }

    /** The leaf whose length stands at this offset, where it is whole. */
    static Optional<byte[]> leaf(byte[] bundle, int at) {
        if (bundle.length - at < LENGTH_BYTES) {
            return Optional.empty();
        }
        int length = ((bundle[at] & 0xff) << 8) | (bundle[at + 1] & 0xff);
        int from = at + LENGTH_BYTES;
        return bundle.length - from < length
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(bundle, from, from + length));
    }

    /** The first so many leaves of a bundle that has them, as a bundle. */
    static Optional<byte[]> beginning(byte[] bundle, int count) {
        int at = 0;
        for (int i = 0; i < count; i++) {
            Optional<byte[]> leaf = leaf(bundle, at);
            if (leaf.isEmpty()) {
                return Optional.empty();
            }
            at += LENGTH_BYTES + leaf.get().length;
        }
        return Optional.of(Arrays.copyOf(bundle, at));
    }
}
