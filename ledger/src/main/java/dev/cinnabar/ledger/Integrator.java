package dev.cinnabar.ledger;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads durable entries back from their segments, adds them to the tree and writes the bundles and tiles that become full. What it could not write stays with
 * it and is written first the next time. Not for several threads.
 */
final class Integrator {
    private static final int CHUNK = 4 << 20;

    private final Layout layout;
    private final Disk disk;
    private final Segments segments;
    private final MessageDigest digest = Merkle.sha256();
    private final Deque<Integrated.Piece> unwritten = new ArrayDeque<>();
    private final Bundle bundle = new Bundle();
    private final Frontier frontier;
    /** The tree at the end of the last bundle that stands on disk with all its tiles. */
    private Integrated written;

    /** Goes on from a tree whose size is a multiple of 256, given by its partial tiles. */
    Integrator(Layout layout, Disk disk, Segments segments, long from, List<byte[]> partials) {
        if (from % TilePath.FULL != 0) {
            throw new IllegalArgumentException("integration begins between two bundles, not at " + from);
        }
        this.layout = layout;
        this.disk = disk;
        this.segments = segments;
        this.frontier = new Frontier(from, partials, (path, tile) -> unwritten.add(new Integrated.Piece(path, tile)));
        this.written = new Integrated(from, partials, new byte[0]);
    }

    /** Brings the tree up to what is durable. */
    Integrated integrate(Sequenced sequenced) throws IOException, LedgerException.Damaged {
        return to(sequenced.size());
    }

    /**
     * Brings the tree a little beyond this size, for when there is hardly room: to the last bundle that stands on disk where that is not published yet, because
     * it needs no room but the checkpoint's and lets segments go; else to the end of the next bundle or of what is durable.
     */
    Integrated integrateSome(long published, Sequenced sequenced) throws IOException, LedgerException.Damaged {
        if (written.size() > published) {
            return written;
        }
        write();
        long bundleEnd = (frontier.size() / TilePath.FULL + 1) * TilePath.FULL;
        return to(frontier.size() > published ? frontier.size() : Math.min(bundleEnd, sequenced.size()));
    }

    /** Brings the tree up to this size, which must be durable. */
    Integrated to(long size) throws IOException, LedgerException.Damaged {
        write();
        while (frontier.size() < size) {
            Segment segment = holding(frontier.size());
            long end = segment.within(frontier.size(), Math.min(size, segment.end()), CHUNK);
            for (SegmentFrame frame : read(segment, end)) {
                add(frame.leaf());
            }
        }
        return new Integrated(size, frontier.partials(), bundle.bytes());
    }

    private Segment holding(long index) throws IOException {
        return segments.holding(index)
                .orElseThrow(() -> new IOException("no segment holds entry " + index + ", which is to be integrated"));
    }

    private List<SegmentFrame> read(Segment segment, long end) throws IOException, LedgerException.Damaged {
        return segment.frames(frontier.size(), end)
                .orElseThrow(() -> new LedgerException.Damaged(
                        segment.path(),
                        OptionalLong.empty(),
                        "an entry between " + frontier.size() + " and " + end + " is not what was written",
                        "Stop writing, keep the disk for examination, restore the folder from a backup."));
    }

    private void add(byte[] leaf) throws IOException {
        bundle.add(leaf);
        long number = frontier.size() / TilePath.FULL;
        if (bundle.count() == TilePath.FULL) {
            TilePath path = new TilePath(TilePath.ENTRIES, number, TilePath.FULL);
            unwritten.add(new Integrated.Piece(path, bundle.bytes()));
            bundle.clear();
        }
        frontier.add(digest, Merkle.leaf(digest, leaf));
        if (!unwritten.isEmpty()) {
            Integrated now = new Integrated(frontier.size(), frontier.partials(), bundle.bytes());
            write();
            written = now;
        }
    }

    private void write() throws IOException {
        for (Integrated.Piece piece = unwritten.peek(); piece != null; piece = unwritten.peek()) {
            piece.put(layout, disk);
            unwritten.remove();
        }
    }
}
