package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Second stage: entries that stand in the tree, with every full tile and bundle on disk. Only the {@link Integrator} makes one.
 *
 * @param size the number of entries in the tree
 * @param partials the hashes of each level's partial tile, lowest first
 * @param bundle the bytes of the partial entry bundle
 */
record Integrated(long size, List<byte[]> partials, byte[] bundle) {
    Hash root() {
        return Frontier.root(partials);
    }

    /** The partial tiles and the partial bundle of this size, with their bytes. */
    List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        if (bundle.length > 0) {
            int width = (int) (size % TilePath.FULL);
            pieces.add(new Piece(new TilePath(TilePath.ENTRIES, size / TilePath.FULL, width), bundle));
        }
        for (int level = 0; level < partials.size(); level++) {
            int width = partials.get(level).length / Hash.BYTES;
            if (width > 0) {
                long index = size / TilePath.span(level) / TilePath.FULL;
                pieces.add(new Piece(new TilePath(level, index, width), partials.get(level)));
            }
        }
        return pieces;
    }

    /** A tile or bundle and its bytes, which are not copied. */
    record Piece(TilePath path, byte[] bytes) {
        /** Puts it in place, without waiting for the disk; leaves alone what stands there already and is the same, as after a crash. */
        void put(Layout layout, Disk disk) throws IOException {
            Path file = layout.tile(path);
            if (!Files.exists(file)
                    || Files.size(file) != bytes.length
                    || !Arrays.equals(Files.readAllBytes(file), bytes)) {
                disk.put(file, ByteBuffer.wrap(bytes), false);
            }
        }
    }
}
