package dev.cinnabar.ledger;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How one entry stands in a segment: mark, check sum, index, distance to the first entry of its batch, length, leaf; numbers big-endian. The check sum is CRC-32C over
 * the segment's nonce and all that follows it, so that content which imitates a frame is not taken for one.
 *
 * @param index the entry's index
 * @param behind how many entries of the same batch stand before it: everything in front of those was durable when this was written
 * @param leaf the leaf bytes
 * @param bytes the length of the whole frame
 */
record SegmentFrame(long index, int behind, byte[] leaf, int bytes) {
    static final int MARK = 0x43425231; // CBR1
    static final int HEAD = 24;
    private static final int SUMMED_FROM = 8;

    /** Writes a frame at the buffer's position. */
    static void put(ByteBuffer into, long nonce, long index, int behind, long micros, byte[] content) {
        int start = into.position();
        into.putInt(MARK).putInt(0).putLong(index).putInt(behind);
        into.putInt(Leaf.INSTANT_BYTES + content.length).putLong(micros).put(content);
        into.putInt(start + 4, sum(nonce, into.slice(start + SUMMED_FROM, into.position() - start - SUMMED_FROM)));
    }

    /** Writes this frame again under another nonce. */
    void put(ByteBuffer into, long nonce) {
        ByteBuffer whole = ByteBuffer.wrap(leaf);
        long micros = whole.getLong();
        put(into, nonce, index, behind, micros, Leaf.content(leaf));
    }

    static int length(int contentLength) {
        return HEAD + Leaf.INSTANT_BYTES + contentLength;
    }

    /** The whole and right frame at this offset, or empty. */
    static Optional<SegmentFrame> at(ByteBuffer bytes, int offset, long nonce) {
        if (bytes.limit() - offset < HEAD || bytes.getInt(offset) != MARK) {
            return Optional.empty();
        }
        int length = bytes.getInt(offset + 20);
        if (length < Leaf.INSTANT_BYTES || length > Leaf.MAX_BYTES || bytes.limit() - offset - HEAD < length) {
            return Optional.empty();
        }
        if (sum(nonce, bytes.slice(offset + SUMMED_FROM, HEAD - SUMMED_FROM + length)) != bytes.getInt(offset + 4)) {
            return Optional.empty();
        }
        byte[] leaf = new byte[length];
        bytes.get(offset + HEAD, leaf);
        return Optional.of(new SegmentFrame(bytes.getLong(offset + 8), bytes.getInt(offset + 16), leaf, HEAD + length));
    }

    private static int sum(long nonce, ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (nonce >>> shift));
        }
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
