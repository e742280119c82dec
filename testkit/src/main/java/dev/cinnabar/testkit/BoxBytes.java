package dev.cinnabar.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Boxes of ISO base media files as bytes, and positions found in them. */
public final class BoxBytes {
    private BoxBytes() {}

    /** Parts one after the other. */
    public static byte[] join(byte[]... parts) {
        return PngBytes.joined(parts);
    }

    /** A box of these parts. */
    public static byte[] box(String type, byte[]... parts) {
        byte[] content = PngBytes.joined(parts);
        return ByteBuffer.allocate(8 + content.length)
                .putInt(8 + content.length)
                .put(latin(type))
                .put(content)
                .array();
    }

    /** A box that says its size in 64 bits. */
    public static byte[] longBox(String type, byte[]... parts) {
        byte[] content = PngBytes.joined(parts);
        return ByteBuffer.allocate(16 + content.length)
                .putInt(1)
                .put(latin(type))
                .putLong(16 + content.length)
                .put(content)
                .array();
    }

    /** A box with a version, flags and these parts. */
    public static byte[] full(String type, int version, int flags, byte[]... parts) {
        return box(type, u32((long) version << 24 | flags), PngBytes.joined(parts));
    }

    /** A box uuid of a kind, given in hexadecimal. */
    public static byte[] uuid(String kind, byte[] content) {
        return box("uuid", java.util.HexFormat.of().parseHex(kind), content);
    }

    /** A movie's metadata with keys. */
    public static byte[] keyed(String... keysAndValues) {
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.writeBytes(box("mdta", utf8(keysAndValues[i])));
            list.writeBytes(item(new String(u32(i / 2 + 1), StandardCharsets.ISO_8859_1), keysAndValues[i + 1]));
        }
        return full(
                "meta",
                0,
                0,
                handler("mdta"),
                full("keys", 0, 0, u32(keysAndValues.length / 2), keys.toByteArray()),
                box("ilst", list.toByteArray()));
    }

    /** A movie's metadata as iTunes writes it. */
    public static byte[] listed(byte[]... items) {
        return full("meta", 0, 0, handler("mdir"), box("ilst", items));
    }

    /** An item of a list with UTF-8 text. */
    public static byte[] item(String type, String text) {
        return box(type, box("data", u32(1), u32(0), utf8(text)));
    }

    /** A handler box. */
    public static byte[] handler(String kind) {
        return full("hdlr", 0, 0, u32(0), latin(kind), new byte[13]);
    }

    /** Four bytes. */
    public static byte[] u32(long value) {
        return ByteBuffer.allocate(4).putInt((int) value).array();
    }

    /** Eight bytes. */
    public static byte[] u64(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    /** Two bytes. */
    public static byte[] u16(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }

    /** Latin-1 text. */
    public static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
