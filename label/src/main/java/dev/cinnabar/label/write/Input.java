package dev.cinnabar.label.write;

import dev.cinnabar.label.Source;
import java.io.IOException;

/** The file to be labelled, as writers look at it: numbers and short stretches from anywhere; what lies beyond the end is a {@link Refusal}. */
final class Input {
    private static final int PAGE = 8192;

    private final Source.Bytes bytes;
    private final byte[] page = new byte[PAGE];
    private long pageAt;
    private int pageLength;

    Input(Source.Bytes bytes) {
        this.bytes = bytes;
    }

    long size() {
        return bytes.size();
    }

    /** One byte, 0 to 255. */
    int byteAt(long at) throws IOException, Refusal {
        return page[locate(at, 1)] & 0xFF;
    }

    /** Up to eight bytes as a number, the first the highest. */
    long big(long at, int count) throws IOException, Refusal {
        int i = locate(at, count);
        long value = 0;
        for (int k = 0; k < count; k++) {
            value = value << 8 | (page[i + k] & 0xFF);
        }
        return value;
    }

    /** Up to eight bytes as a number, the first the lowest. */
    long little(long at, int count) throws IOException, Refusal {
        int i = locate(at, count);
        long value = 0;
        for (int k = count - 1; k >= 0; k--) {
            value = value << 8 | (page[i + k] & 0xFF);
        }
        return value;
    }

    /** Up to 80 bytes as Latin-1 text, fewer at the end of the file and none behind it. */
    String latin(long at, int count) throws IOException, Refusal {
        int n = (int) Math.max(0, Math.min(count, size() - at));
        StringBuilder text = new StringBuilder(n);
        for (int i = 0; i < n; i++) {
            text.append((char) byteAt(at + i));
        }
        return text.toString();
    }

    /** A copy of a stretch whose length the caller has bounded. */
    byte[] stretch(long at, long length) throws IOException, Refusal {
        if (length < 0 || length > Integer.MAX_VALUE - 16 || at > size() - length) {
            throw Refusal.broken(at, "a part claims " + length + " bytes, more than the file has");
        }
        byte[] out = new byte[(int) length];
        if (bytes.read(at, out, 0, out.length) < out.length) {
            throw new IOException("the file became shorter while it was read");
        }
        return out;
    }

    /** Reads as {@link Source.Bytes#read} does. */
    int read(long at, byte[] into, int offset, int length) throws IOException {
        return bytes.read(at, into, offset, length);
    }

    private int locate(long at, int count) throws IOException, Refusal {
        if (at < pageAt || at + count > pageAt + pageLength) {
            if (at < 0 || at > size() - count) {
                throw Refusal.broken(size(), "the file ends too early");
            }
            pageAt = at;
            pageLength = bytes.read(at, page, 0, PAGE);
            if (pageLength < count) {
                pageLength = 0;
                throw new IOException("the file became shorter while it was read");
            }
        }
        return (int) (at - pageAt);
    }
}
