package dev.cinnabar.server.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a segment without an index holds, read from beginning to end.
 *
 * <p>Each batch begins with a mark, written only when everything before it was durable. So what is broken before the last mark was damaged later; what is broken
 * after it may be the torn end of a write that nobody was told of.
 */
final class SegmentScan {
    private static final int MAGIC = 0x43434E42;

    private final Map<Name, Long> newest = new HashMap<>();
    private final List<String> erased = new ArrayList<>();
    private boolean damaged;
    private long first = Long.MAX_VALUE;
    private long last;
    private long end = SegmentFile.HEADER;

    private SegmentScan() {}

    static SegmentScan of(SegmentFile file) throws IOException {
        SegmentScan scan = new SegmentScan();
        try (FileChannel in = file.reading()) {
            scan.read(in);
        }
        return scan;
    }

    private void read(FileChannel in) throws IOException {
        List<SegmentFile.Found> broken = new ArrayList<>();
        long gap = -1;
        long lastMark = -1;
        long at = SegmentFile.HEADER;
        while (at >= 0) {
            Optional<SegmentFile.Found> frame = SegmentFile.frame(in, at);
            if (frame.isEmpty()) {
                long next = nextMagic(in, at + 1);
                gap = next >= 0 && gap < 0 ? at : gap;
                at = next;
                continue;
            }
            SegmentFile.Found found = frame.get();
            if (found.head().kind() == FrameHead.Kind.MARK) {
                lastMark = found.offset();
            } else if (SegmentFile.whole(in, found)) {
                take(found);
            } else {
                broken.add(found);
            }
            end = Math.min(found.end(), in.size());
            at = found.end();
        }
        damaged = gap >= 0 && gap < lastMark;
        for (SegmentFile.Found found : broken) {
            if (found.offset() < lastMark) {
                // It stays findable, so that asking for it says what is wrong.
                take(found);
            }
        }
    }

    private void take(SegmentFile.Found found) {
        newest.merge(Name.of(found.head().contentId()), found.offset(), Math::max);
        first = Math.min(first, found.head().time());
        last = Math.max(last, found.head().time());
        if (found.head().kind() == FrameHead.Kind.ERASED) {
            erased.add(found.head().contentId());
        }
    }

    private static long nextMagic(FileChannel in, long from) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(1 << 16);
        for (long at = from; at + Integer.BYTES <= in.size(); at += piece.capacity() - 3) {
            piece.clear().limit((int) Math.min(piece.capacity(), in.size() - at));
            if (!SegmentFile.fill(in, piece, at)) {
                return -1;
            }
            for (int i = 0; i + Integer.BYTES <= piece.limit(); i++) {
                if (piece.get(i) == 0x43 && piece.getInt(i) == MAGIC) {
                    return at + i;
                }
            }
        }
        return -1;
    }

    boolean empty() {
        return newest.isEmpty();
    }

    /** Where the last frame ends. */
    long end() {
        return end;
    }

    boolean damaged() {
        return damaged;
    }

    /** Contents whose keys were to be destroyed: perhaps not all were, when the server died. */
    List<String> erased() {
        return erased;
    }

    /** Writes the index of what was found. */
    SegmentIndex index(Path path) throws IOException {
        return SegmentIndex.write(path, newest, damaged, Math.min(first, last), last);
    }
}
