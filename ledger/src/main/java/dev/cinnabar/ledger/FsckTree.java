package dev.cinnabar.ledger;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Compares, entry by entry, what bundles, tiles and segments say, builds the tree from what they agree on, and compares it with the tiles above and with the
 * checkpoints.
 */
final class FsckTree {
    private final FsckBook book;
    private final FsckSegments segments;
    private final FsckTiles tiles;
    private final long vouched;
    private final long minimum;
    private final TreeMap<Long, List<Checkpoint>> checkpoints = new TreeMap<>();
    private final Map<TilePath, byte[]> ahead = new HashMap<>();
    private final MessageDigest digest = Merkle.sha256();
    private final Frontier frontier = new Frontier(this::above);

    FsckTree(FsckBook book, FsckSegments segments, FsckTiles tiles, long vouched, long minimum) {
        this.book = book;
        this.segments = segments;
        this.tiles = tiles;
        this.vouched = vouched;
        this.minimum = minimum;
    }

    /** A checkpoint that the tree must lead to. */
    void expect(Checkpoint checkpoint) {
        checkpoints
                .computeIfAbsent(checkpoint.size(), size -> new ArrayList<>())
                .add(checkpoint);
    }

    /** Reads everything; gives the number of entries it could follow. */
    long run() {
        long total = Math.max(vouched, book.live() ? 0 : segments.end());
        compareAt(0);
        while (frontier.size() < total) {
            long base = frontier.size();
            int width = (int) Math.min(TilePath.FULL, total - base);
            FsckWitnesses witnesses = witnesses(base, width);
            for (int i = 0; i < width; i++) {
                Optional<byte[]> hash = witnesses.settle(i);
                if (hash.isEmpty()) {
                    return frontier.size();
                }
                frontier.add(digest, hash.get());
                compareAt(frontier.size());
            }
        }
        return frontier.size();
    }

    private FsckWitnesses witnesses(long base, int width) {
        FsckWitnesses witnesses = new FsckWitnesses(book, segments, tiles, base, width);
        long n = base / TilePath.FULL;
        boolean vouchedWhole = base + TilePath.FULL <= vouched;
        TilePath bundle = new TilePath(TilePath.ENTRIES, n, TilePath.FULL);
        if (base + TilePath.FULL > minimum) {
            witnesses.bundle(bundle, vouchedWhole);
        } else if (!vouchedWhole) {
            book.fault(book.layout().minimum(), "the minimum index is beyond the checkpoint", FsckBook.RESTORE);
        }
        witnesses.tile(new TilePath(0, n, TilePath.FULL), vouchedWhole);
        int partial = (int) Math.min(TilePath.FULL, Math.max(0, vouched - base));
        if (partial > 0 && partial < TilePath.FULL) {
            witnesses.bundle(new TilePath(TilePath.ENTRIES, n, partial), true);
            witnesses.tile(new TilePath(0, n, partial), true);
        }
        return witnesses;
    }

    /** Is given each tile that becomes full; those of level 0 have been compared hash by hash already. */
    private void above(TilePath path, byte[] expected) {
        boolean needed = path.available(vouched) == TilePath.FULL;
        if (!needed) {
            ahead.put(path, expected);
        }
        if (path.level() > 0) {
            tiles.compare(path, expected, needed);
        }
    }

    private void compareAt(long size) {
        List<Checkpoint> here = checkpoints.getOrDefault(size, List.of());
        if (here.isEmpty()) {
            return;
        }
        List<byte[]> partials = frontier.partials();
        if (size == vouched) {
            for (int level = 1; level < partials.size(); level++) {
                partial(size, level, partials.get(level));
            }
        }
        Hash root = Frontier.root(partials);
        for (Checkpoint checkpoint : here) {
            if (!checkpoint.root().equals(root)) {
                wrongRoot(checkpoint);
            }
        }
    }

    private void partial(long size, int level, byte[] expected) {
        int width = expected.length / Hash.BYTES;
        if (width > 0) {
            long hashes = size / TilePath.span(level);
            tiles.compare(new TilePath(level, hashes / TilePath.FULL, width), expected, true);
        }
    }

    private void wrongRoot(Checkpoint checkpoint) {
        Path file = book.layout().checkpoint();
        String what = "the entries do not lead to the root of the checkpoint of size " + checkpoint.size();
        book.fault(
                checkpoint.size() == vouched ? file : book.layout().tiles(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                what,
                "Where no other fault is named, the log was rewritten after that checkpoint was signed. "
                        + FsckBook.RESTORE);
    }

    /** The hashes that the entries lead to in this tile, as many as there are; empty for tiles that stand whole under the checkpoint. */
    Optional<byte[]> beyond(TilePath path) {
        long size = frontier.size();
        if (path.full().available(size) == TilePath.FULL) {
            return Optional.ofNullable(ahead.get(path.full()));
        }
        List<byte[]> edge = frontier.partials();
        boolean atEdge =
                path.level() < edge.size() && path.index() == size / TilePath.span(path.level()) / TilePath.FULL;
        return atEdge ? Optional.of(edge.get(path.level())) : Optional.empty();
    }
}
