package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The hashes of a published tree: full tiles from disk, partial ones from memory.
 *
 * @param layout where the full tiles stand
 * @param tree the tree
 */
record Tiles(Layout layout, Integrated tree) {
    /** The hash over the leaves from {@code n << height} on, {@code 1 << height} of them, all of which are in the tree. */
    byte[] node(int height, long n) throws IOException, LedgerException.Damaged {
        int level = height / 8;
        long first = n << (height % 8);
        byte[] tile = tile(level, first / TilePath.FULL);
        return Merkle.perfect(Merkle.sha256(), tile, (int) (first % TilePath.FULL), 1 << (height % 8));
    }

    /** The hashes that the tree has of this tile. */
    byte[] tile(int level, long index) throws IOException, LedgerException.Damaged {
        TilePath path = new TilePath(level, index, TilePath.FULL);
        return path.available(tree.size()) < TilePath.FULL ? tree.partials().get(level) : full(layout, path);
    }

    /** A full hash tile from disk. */
    static byte[] full(Layout layout, TilePath path) throws IOException, LedgerException.Damaged {
        Path file = layout.tile(path);
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != TilePath.FULL * Hash.BYTES) {
            throw new LedgerException.Damaged(
                    file,
                    OptionalLong.of(bytes.length),
                    "a full tile has 8,192 bytes, not " + bytes.length,
                    "Run fsck; a tile can be made again from its entries.");
        }
        return bytes;
    }

    /** The first so many hashes of a tile. */
    static byte[] beginning(byte[] tile, int width) {
        return Arrays.copyOf(tile, width * Hash.BYTES);
    }
}
