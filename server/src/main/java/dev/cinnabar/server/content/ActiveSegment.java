package dev.cinnabar.server.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** The segment being written, by one thread; others search it meanwhile. */
final class ActiveSegment implements Segment, AutoCloseable {
    private final SegmentFile file;
    private final int number;
    private final FileChannel channel;
    private final Map<Name, Long> newest = new ConcurrentHashMap<>();
    private final ByteBuffer buffer;
    private final long first;
    private volatile long last;
    private long position = SegmentFile.HEADER;
    private long writing;

    /** What a batch writes: a frame without its place, and, of parts, the wrapped key and the body. */
    record Frame(FrameHead head, Cipherer.Sealed sealed) {
        static Frame bare(FrameHead head) {
            return new Frame(head, new Cipherer.Sealed(new byte[0], new byte[0]));
        }

        long length() {
            return FrameHead.FIXED + 600L + sealed.body().length;
        }
    }

    ActiveSegment(Path path, int number, ByteBuffer buffer, long now) throws IOException {
        this.file = new SegmentFile(path);
        this.number = number;
        this.buffer = buffer;
        this.first = now;
        this.last = now;
        this.channel = FileChannel.open(path, StandardOpenOption.WRITE);
    }

    /** Writes the frames behind a mark and makes them durable, all or none. */
    void append(List<Frame> frames, long now) throws IOException {
        Map<Name, Long> fresh = new HashMap<>();
        writing = position;
        buffer.clear();
        write(FrameHead.mark(now).encoded());
        for (Frame frame : frames) {
            Name name = Name.of(frame.head().contentId());
            Long inBatch = fresh.get(name);
            long before = inBatch != null ? inBatch : newest.getOrDefault(name, -1L);
            fresh.put(name, writing + buffer.position());
            write(frame.head().after(before).encoded());
            if (frame.head().kind() == FrameHead.Kind.PARTS) {
                write(ByteBuffer.wrap(frame.sealed().wrappedKey()));
                write(ByteBuffer.wrap(frame.sealed().body()));
                write(sum(frame.sealed().body()));
            }
        }
        flush();
        channel.force(false);
        position = writing;
        last = now;
        newest.putAll(fresh);
    }

    private static ByteBuffer sum(byte[] body) {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(body);
        return ByteBuffer.allocate(4).putInt((int) crc.getValue()).flip();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int piece = Math.min(bytes.remaining(), buffer.remaining());
            buffer.put(bytes.slice(bytes.position(), piece));
            bytes.position(bytes.position() + piece);
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            writing += channel.write(buffer, writing);
        }
        buffer.clear();
    }

    long position() {
        return position;
    }

    long first() {
        return first;
    }

    @Override
    public SegmentFile file() {
        return file;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public OptionalLong newest(Name name) {
        Long offset = newest.get(name);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    @Override
    public long[] offsets() {
        return newest.values().stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public boolean damaged() {
        return false;
    }

    @Override
    public long last() {
        return last;
    }

    /** Cuts off what was laid out and not used, and writes the index. */
    SealedSegment seal() throws IOException {
        channel.truncate(position);
        channel.force(true);
        SegmentIndex index = SegmentIndex.write(SealedSegment.indexOf(file.path()), newest, false, first, last);
        channel.close();
        return new SealedSegment(file, number, index);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
