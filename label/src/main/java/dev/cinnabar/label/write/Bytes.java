package dev.cinnabar.label.write;

import java.nio.charset.StandardCharsets;

/** Bytes put together for what writers insert. */
final class Bytes {
    private Bytes() {}

    /** All parts, one behind the other. */
    static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] out = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    /** A number, lowest byte first. */
    static byte[] little(long value, int count) {
        byte[] out = new byte[count];
        for (int i = 0; i < count; i++) {
            out[i] = (byte) (value >> (8 * i));
        }
        return out;
    }

    /** A number, highest byte first. */
    static byte[] big(long value, int count) {
        byte[] out = new byte[count];
        for (int i = 0; i < count; i++) {
            out[i] = (byte) (value >> (8 * (count - 1 - i)));
        }
        return out;
    }

    /** Text of one byte a character. */
    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
