package dev.cinnabar.ledger;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The right edge of the tree: of each level of tiles the one that is not yet full. It takes leaf hashes one by one and gives away each tile that becomes
 * full. Not for several threads.
 */
final class Frontier {
    private static final int TILE_BYTES = TilePath.FULL * Hash.BYTES;

    private final List<byte[]> open = new ArrayList<>();
    private final BiConsumer<TilePath, byte[]> full;
    private long size;

    /** An empty tree; {@code full} is given each tile that becomes full, with its address. */
    Frontier(BiConsumer<TilePath, byte[]> full) {
        this.full = full;
    }

    /** The edge of a tree of this size, from the hashes of its partial tiles, lowest level first. */
    Frontier(long size, List<byte[]> partials, BiConsumer<TilePath, byte[]> full) {
        this.size = size;
        this.full = full;
        partials.forEach(partial -> open.add(Arrays.copyOf(partial, TILE_BYTES)));
    }

    long size() {
        return size;
    }

    void add(MessageDigest digest, byte[] leafHash) {
        size++;
        put(digest, 0, leafHash);
    }

    private void put(MessageDigest digest, int level, byte[] hash) {
        if (level == open.size()) {
            open.add(new byte[TILE_BYTES]);
        }
        long place = size / TilePath.span(level) - 1;
        byte[] tile = open.get(level);
        int column = (int) (place % TilePath.FULL);
        System.arraycopy(hash, 0, tile, column * Hash.BYTES, Hash.BYTES);
        if (column == TilePath.FULL - 1) {
            full.accept(new TilePath(level, place / TilePath.FULL, TilePath.FULL), tile.clone());
            put(digest, level + 1, Merkle.perfect(digest, tile, 0, TilePath.FULL));
        }
    }

    /** The hashes of each level's partial tile, lowest level first; an empty array where a level has none just now. */
    List<byte[]> partials() {
        List<byte[]> partials = new ArrayList<>();
        for (int level = 0; level < open.size(); level++) {
            int width = (int) (size / TilePath.span(level) % TilePath.FULL);
            partials.add(Arrays.copyOf(open.get(level), width * Hash.BYTES));
        }
        return partials;
    }

    /** The root over all leaves so far. */
    Hash root() {
        return root(partials());
    }

    /** The root of a tree with these partial tiles. */
    static Hash root(List<byte[]> partials) {
        MessageDigest digest = Merkle.sha256();
        byte[] right = new byte[0];
        for (byte[] partial : partials) {
            int left = partial.length / Hash.BYTES;
            for (int bit = 1; bit <= left; bit <<= 1) {
                if ((left & bit) != 0) {
                    left -= bit;
                    byte[] node = Merkle.perfect(digest, partial, left, bit);
                    right = right.length == 0 ? node : Merkle.node(digest, node, right);
                }
            }
        }
        return right.length == 0 ? Merkle.EMPTY : Hash.of(right);
    }
}
