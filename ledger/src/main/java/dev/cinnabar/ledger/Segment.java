package dev.cinnabar.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One open segment. The sequencer alone writes; others read what the sequencer has announced, each through a channel of its own, because an
 * interrupt closes the channel a thread is reading from.
 */
final class Segment implements Closeable {
    private final Path path;
    private final SegmentHead head;
    private final SegmentFile file;
    private final int capacity;
    private volatile int[] offsets;
    private volatile int count;

    Segment(Path path, SegmentHead head, SegmentFile file, int[] offsets) throws IOException {
        this.path = path;
        this.head = head;
        this.file = file;
        this.capacity = Math.toIntExact(file.size());
        this.offsets = offsets;
        this.count = offsets.length - 1;
    }

    Path path() {
        return path;
    }

    long first() {
        return head.first();
    }

    long nonce() {
        return head.nonce();
    }

    /** The index after its last entry. */
    long end() {
        return first() + count;
    }

    int room() {
        return capacity - offsets[count];
    }

    boolean mostlyFull() {
        return room() < capacity / 2;
    }

    /** Writes these frames behind the last and syncs; {@code lengths} are theirs, in order. They count only once this returned. */
    void append(ByteBuffer frames, int[] lengths) throws IOException {
        int before = count;
        int[] next = offsets;
        file.write(frames, next[before]);
        file.force();
        if (before + lengths.length >= next.length) {
            next = Arrays.copyOf(next, Math.max(2 * next.length, before + lengths.length + 1));
        }
        for (int i = 0; i < lengths.length; i++) {
            next[before + i + 1] = next[before + i] + lengths[i];
        }
        offsets = next;
        count = before + lengths.length;
    }

    /** The entries from one index up to another, for any thread; empty where one of them is not right. */
    Optional<List<Entry>> entries(long from, long to) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return frames(from, to, (into, at) -> fill(channel, into, at))
                    .map(frames -> frames.stream()
                            .map(frame -> Entry.of(frame.index(), frame.leaf()))
                            .toList());
        }
    }

    /**
     * The frames from one index up to another, through the file that is written to, for threads that nobody interrupts; empty where one of them is
     * not right.
     */
    Optional<List<SegmentFrame>> frames(long from, long to) throws IOException {
        return frames(from, to, file::read);
    }

    private interface Source {
        void read(ByteBuffer into, long at) throws IOException;
    }

    private static void fill(FileChannel channel, ByteBuffer into, long at) throws IOException {
        for (long from = at; into.hasRemaining(); ) {
            int got = channel.read(into, from);
            if (got < 0) {
                return;
            }
            from += got;
        }
    }

    private Optional<List<SegmentFrame>> frames(long from, long to, Source source) throws IOException {
        int[] at = offsets;
        int begin = at[Math.toIntExact(from - first())];
        ByteBuffer bytes = ByteBuffer.allocate(at[Math.toIntExact(to - first())] - begin);
        source.read(bytes, begin);
        return bytes.hasRemaining() ? Optional.empty() : decode(bytes.flip(), from, to);
    }

    private Optional<List<SegmentFrame>> decode(ByteBuffer bytes, long from, long to) {
        List<SegmentFrame> frames = new ArrayList<>();
        int at = 0;
        for (long index = from; index < to; index++) {
            Optional<SegmentFrame> frame = SegmentFrame.at(bytes, at, nonce());
            if (frame.isEmpty() || frame.get().index() != index) {
                return Optional.empty();
            }
            frames.add(frame.get());
            at += frame.get().bytes();
        }
        return Optional.of(frames);
    }

    /** How far one may read from this index without taking more than so many bytes at once; at least one entry, at most to the given end. */
    long within(long from, long to, int bytes) {
        int[] at = offsets;
        int begin = at[Math.toIntExact(from - first())];
        long end = from + 1;
        while (end < to && at[Math.toIntExact(end + 1 - first())] - begin <= bytes) {
            end++;
        }
        return end;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
