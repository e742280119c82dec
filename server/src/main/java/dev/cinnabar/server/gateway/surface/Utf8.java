package dev.cinnabar.server.gateway.surface;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of bytes that JSON is written into by hand, where a tree for each small chunk would cost more than the chunk. */
public final class Utf8 {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    public Utf8(int size) {
        bytes = new byte[size];
    }

    /** The bytes; only the first {@link #length()} count. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /** Appends ASCII as it is. */
    public Utf8 ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    public Utf8 raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    public Utf8 number(long value) {
        return ascii(Long.toString(value));
    }

    /** Appends a JSON string with its quotes; half a surrogate pair is written as an escape, as it was read. */
    public Utf8 string(String text) {
        room(text.length() * 3 + 2);
        bytes[length++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                bytes[length++] = (byte) c;
            } else {
                i += other(text, i, c);
            }
        }
        room(1);
        bytes[length++] = '"';
        return this;
    }

    /** Writes a character that is not plain ASCII; gives 1 where it took the next one too. */
    private int other(String text, int i, char c) {
        room((text.length() - i) * 3 + 8);
        if (c < 0x80) {
            escape(c);
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | c >> 6);
            bytes[length++] = (byte) (0x80 | (c & 0x3f));
        } else if (!Character.isSurrogate(c)) {
            bytes[length++] = (byte) (0xe0 | c >> 12);
            bytes[length++] = (byte) (0x80 | (c >> 6 & 0x3f));
            bytes[length++] = (byte) (0x80 | (c & 0x3f));
        } else if (Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1))) {
            int point = Character.toCodePoint(c, text.charAt(i + 1));
            bytes[length++] = (byte) (0xf0 | point >> 18);
            bytes[length++] = (byte) (0x80 | (point >> 12 & 0x3f));
            bytes[length++] = (byte) (0x80 | (point >> 6 & 0x3f));
            bytes[length++] = (byte) (0x80 | (point & 0x3f));
            return 1;
        } else {
            unicode(c);
        }
        return 0;
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> {
                bytes[length++] = '\\';
                bytes[length++] = (byte) c;
            }
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            default -> unicode(c);
        }
    }

    private void unicode(char c) {
        ascii("\\u");
        room(4);
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[c >> shift & 0xf];
        }
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
