package dev.cinnabar.label.read;

import dev.cinnabar.label.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A file seen through a small window that moves where it is asked to look; numbers read beyond the end are {@link Damage}. */
final class Window {
    private static final int SIZE = 8192;

    private final Source.Bytes bytes;
    private final byte[] buffer = new byte[SIZE];
    private long start;
    private int filled;

    Window(Source.Bytes bytes) {
        this.bytes = bytes;
    }

    long size() {
        return bytes.size();
    }

    int u8(long at) throws IOException, Damage {
        return buffer[need(at, 1)] & 0xFF;
    }

    int u16be(long at) throws IOException, Damage {
        int i = need(at, 2);
        return (buffer[i] & 0xFF) << 8 | (buffer[i + 1] & 0xFF);
    }

    int u16le(long at) throws IOException, Damage {
        int i = need(at, 2);
        return (buffer[i + 1] & 0xFF) << 8 | (buffer[i] & 0xFF);
    }

    long u32be(long at) throws IOException, Damage {
        int i = need(at, 4);
        return (buffer[i] & 0xFFL) << 24
                | (buffer[i + 1] & 0xFF) << 16
                | (buffer[i + 2] & 0xFF) << 8
                | (buffer[i + 3] & 0xFF);
    }

    long u32le(long at) throws IOException, Damage {
        int i = need(at, 4);
        return (buffer[i + 3] & 0xFFL) << 24
                | (buffer[i + 2] & 0xFF) << 16
                | (buffer[i + 1] & 0xFF) << 8
                | (buffer[i] & 0xFF);
    }

    long u64le(long at) throws IOException, Damage {
        return u32le(at) | u32le(at + 4) << 32;
    }

    long u64be(long at) throws IOException, Damage {
        return u32be(at) << 32 | u32be(at + 4);
    }

    /** Four bytes as a Latin-1 string: the name of a chunk. */
    String fourCc(long at) throws IOException, Damage {
        return new String(buffer, need(at, 4), 4, StandardCharsets.ISO_8859_1);
    }

    /** Whether the ASCII text stands at a position; false where the file ends before. */
    boolean has(long at, String ascii) throws IOException {
        if (at < 0 || at > size() - ascii.length()) {
            return false;
        }
        try {
            int i = need(at, ascii.length());
            for (int k = 0; k < ascii.length(); k++) {
                if (buffer[i + k] != (byte) ascii.charAt(k)) {
                    return false;
                }
            }
            return true;
        } catch (Damage e) {
            return false;
        }
    }

    /** A copy of a stretch; the caller has bounded its length. */
    byte[] copy(long at, int length) throws IOException, Damage {
        if (length > size() - at) {
            throw Damage.at(size(), "the file ends within the " + length + " bytes that begin at " + at);
        }
        byte[] out = new byte[length];
        int n = bytes.read(at, out, 0, length);
        if (n < length) {
            throw Damage.at(at + n, "the file became shorter while it was read");
        }
        return out;
    }

    /** Reads straight from the file, as {@link Source.Bytes#read} does. */
    int read(long at, byte[] into, int offset, int length) throws IOException {
        return bytes.read(at, into, offset, length);
    }

    private int need(long at, int length) throws IOException, Damage {
        if (at >= start && at + length <= start + filled) {
            return (int) (at - start);
        }
        if (at < 0 || at > size() - length) {
            throw Damage.at(size(), "the file ends");
        }
        start = at;
        filled = bytes.read(at, buffer, 0, SIZE);
        if (filled < length) {
            filled = 0;
            throw Damage.at(at, "the file became shorter while it was read");
        }
        return 0;
    }
}
