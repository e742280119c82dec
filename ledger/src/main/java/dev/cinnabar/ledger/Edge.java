package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The right edge of a tree on disk. */
final class Edge {
    private Edge() {}

    /** The partial tiles of a tree whose size is a multiple of 256, each hash computed from the full tile below it. */
    static List<byte[]> at(Layout layout, long size) throws IOException, LedgerException.Damaged {
        MessageDigest digest = Merkle.sha256();
        List<byte[]> partials = new ArrayList<>(List.of(new byte[0]));
        for (int level = 1; size / TilePath.span(level) > 0; level++) {
            long hashes = size / TilePath.span(level);
            int width = (int) (hashes % TilePath.FULL);
            byte[] partial = new byte[width * Hash.BYTES];
            for (int i = 0; i < width; i++) {
                TilePath below = new TilePath(level - 1, hashes - width + i, TilePath.FULL);
                byte[] root = Merkle.perfect(digest, Tiles.full(layout, below), 0, TilePath.FULL);
                System.arraycopy(root, 0, partial, i * Hash.BYTES, Hash.BYTES);
            }
            partials.add(partial);
        }
        return partials;
    }

    /** Removes the partial tiles along the edge between two sizes but those to keep: after a crash some may be left that no checkpoint needs any more. */
    static void sweepPartials(Layout layout, Disk disk, long from, long to, Set<Path> keep) throws IOException {
        for (int level = TilePath.ENTRIES; to / TilePath.span(level) > 0; level++) {
            long tile = TilePath.span(level) * TilePath.FULL;
            for (long n = from / tile; n <= to / tile; n++) {
                sweep(disk, layout.tile(new TilePath(level, n, 1)).getParent(), keep);
            }
        }
    }

    private static void sweep(Disk disk, @Nullable Path folder, Set<Path> keep) throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        boolean kept = false;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (keep.contains(file)) {
                    kept = true;
                } else {
                    disk.delete(file);
                }
            }
        }
        if (!kept) {
            disk.delete(folder);
        }
    }
}
