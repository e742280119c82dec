package dev.cinnabar.ledger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What stands in a segment, read from its first byte to its last.
 *
 * @param head its head
 * @param frames the right frames from the beginning, without a gap
 * @param offsets where each begins, and last where they end
 * @param tail what follows
 */
record SegmentScan(SegmentHead head, List<SegmentFrame> frames, int[] offsets, Tail tail) {
    /** What stands behind the last right frame. */
    sealed interface Tail {
        /** Zeros to the end of the file. */
        record Clean() implements Tail {}

        /** Bytes of a batch whose sync never returned: nobody was told that they were kept. {@code framed}: they begin like a frame. */
        record Torn(int from, int firstNonZero, boolean framed) implements Tail {}

        /** A frame that was durable once (a later batch was begun after it) and is not right any more. */
        record Damaged(int at, long index) implements Tail {}
    }

    /** Reads a segment of this log; empty where its head is not right. */
    static Optional<SegmentScan> of(ByteBuffer segment, Origin origin) {
        return SegmentHead.read(segment, origin).map(head -> frames(segment, head));
    }

    private static SegmentScan frames(ByteBuffer segment, SegmentHead head) {
        List<SegmentFrame> frames = new ArrayList<>();
        int[] offsets = new int[256];
        int at = SegmentHead.BYTES;
        offsets[0] = at;
        while (true) {
            Optional<SegmentFrame> frame = next(segment, at, head, frames.size());
            if (frame.isEmpty()) {
                break;
            }
            frames.add(frame.get());
            at += frame.get().bytes();
            if (frames.size() == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * offsets.length);
            }
            offsets[frames.size()] = at;
        }
        Tail tail = tail(segment, at, head, head.first() + frames.size());
        return new SegmentScan(head, frames, Arrays.copyOf(offsets, frames.size() + 1), tail);
    }

    private static Optional<SegmentFrame> next(ByteBuffer segment, int at, SegmentHead head, int count) {
        return SegmentFrame.at(segment, at, head.nonce())
                .filter(frame ->
                        frame.index() == head.first() + count && frame.behind() >= 0 && frame.behind() <= count);
    }

    private static Tail tail(ByteBuffer segment, int from, SegmentHead head, long missing) {
        int first = from;
        while (first < segment.limit() && segment.get(first) == 0) {
            first++;
        }
        if (first == segment.limit()) {
            return new Tail.Clean();
        }
        for (int at = first; at <= segment.limit() - SegmentFrame.HEAD; at++) {
            if (segment.getInt(at) == SegmentFrame.MARK) {
                Optional<SegmentFrame> later = SegmentFrame.at(segment, at, head.nonce());
                if (later.isPresent() && later.get().index() - later.get().behind() > missing) {
                    return new Tail.Damaged(from, missing);
                }
            }
        }
        boolean framed = segment.limit() - from >= SegmentFrame.HEAD
                && segment.getInt(from) == SegmentFrame.MARK
                && segment.getLong(from + 8) == missing;
        return new Tail.Torn(from, first, framed);
    }

    long end() {
        return head.first() + frames.size();
    }
}
