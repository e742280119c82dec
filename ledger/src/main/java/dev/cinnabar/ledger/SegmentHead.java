package dev.cinnabar.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The first 64 bytes of a segment: form and version, the log it belongs to, its first index, its nonce, a check sum; the rest is zero.
 *
 * @param first index of the first entry that stands in it
 * @param nonce random bits that the frames' check sums begin with
 */
record SegmentHead(long first, long nonce) {
    static final int BYTES = 64;
    private static final byte[] FORM = "cinnabar segment 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int ORIGIN_AT = 24;
    private static final int SUM_AT = 48;

    ByteBuffer bytes(Origin origin) {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.put(FORM).position(ORIGIN_AT).put(mark(origin)).putLong(first).putLong(nonce);
        CRC32C crc = new CRC32C();
        crc.update(out.array(), 0, SUM_AT);
        return out.putInt(SUM_AT, (int) crc.getValue()).clear();
    }

    private static byte[] mark(Origin origin) {
        byte[] hash = Merkle.sha256().digest(origin.name().getBytes(StandardCharsets.UTF_8));
        return java.util.Arrays.copyOf(hash, 8);
    }

    /** The head at the beginning of these bytes, if every one of its 64 bytes is as this log would have written it. */
    static Optional<SegmentHead> read(ByteBuffer segment, Origin origin) {
        if (segment.limit() < BYTES) {
            return Optional.empty();
        }
        SegmentHead head = new SegmentHead(segment.getLong(ORIGIN_AT + 8), segment.getLong(ORIGIN_AT + 16));
        return head.first >= 0 && head.bytes(origin).equals(segment.slice(0, BYTES))
                ? Optional.of(head)
                : Optional.empty();
    }
}
