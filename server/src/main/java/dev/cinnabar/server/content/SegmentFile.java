package dev.cinnabar.server.content;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import javax.crypto.AEADBadTagException;

/** Reads one segment: its header and its frames. Each use opens the file anew, because an interrupted reader closes its channel. */
record SegmentFile(Path path) {
    /** Where the first frame begins. */
    static final int HEADER = 64;

    private static final byte[] MAGIC = {'C', 'I', 'N', 'C', 'O', 'N', 'T', '1'};

    /** The header of a new segment. */
    static ByteBuffer header(byte[] keyCheck, long time) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.put(MAGIC).putInt(1).putInt(1).putLong(time).put(keyCheck);
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, header.position());
        header.putInt((int) crc.getValue());
        return header.rewind();
    }

    /** A frame and where it is. */
    record Found(long offset, FrameHead head) {
        long keyAt() {
            return offset + FrameHead.FIXED + head.words().length + FrameHead.CRC;
        }

        long end() {
            return head.kind() == FrameHead.Kind.PARTS
                    ? keyAt() + Cipherer.WRAPPED + head.bodyLength() + FrameHead.CRC
                    : keyAt();
        }
    }

    FileChannel reading() throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ);
    }

    /** Refuses a file that is no segment, or that another master key wrote. */
    void check(byte[] keyCheck) throws IOException {
        try (FileChannel in = reading()) {
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            if (!fill(in, header, 0)) {
                throw new IOException(path + " is too short to be a segment of contents: restore it from the backup");
            }
            CRC32C crc = new CRC32C();
            crc.update(header.array(), 0, 40);
            byte[] wrote = Arrays.copyOfRange(header.array(), 24, 40);
            if (!Arrays.equals(MAGIC, Arrays.copyOf(header.array(), 8)) || header.getInt(40) != (int) crc.getValue()) {
                throw new IOException(
                        path + " is no segment of contents, or its header is damaged: restore it from the backup");
            }
            if (!Arrays.equals(keyCheck, wrote)) {
                throw new IOException(path
                        + " was encrypted with another key: restore the keys folder that belongs to this data folder");
            }
        }
    }

    /** The frame at this offset, or empty where there is no whole head. */
    static Optional<Found> frame(FileChannel in, long offset) throws IOException {
        ByteBuffer fixed = ByteBuffer.allocate(FrameHead.FIXED);
        if (!fill(in, fixed, offset)) {
            return Optional.empty();
        }
        Optional<Integer> length = FrameHead.length(fixed);
        if (length.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer head = ByteBuffer.allocate(length.get());
        return fill(in, head, offset)
                ? FrameHead.decoded(head).map(decoded -> new Found(offset, decoded))
                : Optional.empty();
    }

    /** Whether the body of the frame is there as it was written. */
    static boolean whole(FileChannel in, Found found) throws IOException {
        if (found.head().kind() != FrameHead.Kind.PARTS) {
            return true;
        }
        CRC32C crc = new CRC32C();
        ByteBuffer piece = ByteBuffer.allocate(1 << 16);
        long at = found.keyAt() + Cipherer.WRAPPED;
        for (long left = found.head().bodyLength(); left > 0; ) {
            piece.clear().limit((int) Math.min(left, piece.capacity()));
            if (!fill(in, piece, at)) {
                return false;
            }
            crc.update(piece);
            at += piece.limit();
            left -= piece.limit();
        }
        ByteBuffer sum = ByteBuffer.allocate(4);
        return fill(in, sum, at) && sum.getInt(0) == (int) crc.getValue();
    }

    /** The parts in a frame decrypted, one after another, or empty where the key was destroyed. */
    Optional<byte[]> open(FileChannel in, Found found, Cipherer cipherer) throws IOException {
        ByteBuffer key = ByteBuffer.allocate(Cipherer.WRAPPED);
        ByteBuffer body = ByteBuffer.allocate(found.head().bodyLength());
        if (!fill(in, key, found.keyAt()) || !fill(in, body, found.keyAt() + Cipherer.WRAPPED)) {
            throw new EOFException(damage(found));
        }
        if (Cipherer.destroyed(key.array())) {
            return Optional.empty();
        }
        try {
            return Optional.of(cipherer.open(
                    new Cipherer.Sealed(key.array(), body.array()), found.head().bound()));
        } catch (AEADBadTagException e) {
            throw new IOException(damage(found), e);
        }
    }

    private String damage(Found found) {
        return "the content " + found.head().contentId() + " is damaged in " + path + " at byte " + found.offset()
                + ": restore the file from the backup";
    }

    /** Reads until the buffer is full and rewinds it; false at the end of the file. */
    static boolean fill(FileChannel in, ByteBuffer into, long offset) throws IOException {
        int start = into.position();
        while (into.hasRemaining()) {
            int got = in.read(into, offset + into.position() - start);
            if (got < 0) {
                return false;
            }
        }
        into.position(start);
        return true;
    }
}
