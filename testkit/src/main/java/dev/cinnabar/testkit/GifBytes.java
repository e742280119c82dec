package dev.cinnabar.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds GIF files block by block: tiny pictures of two colours, extensions of every kind. */
public final class GifBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private GifBytes(String version, boolean globalTable) {
        out.writeBytes(latin(version));
        out.writeBytes(new byte[] {2, 0, 2, 0, (byte) (globalTable ? 0x80 : 0), 0, 0});
        if (globalTable) {
            out.writeBytes(new byte[] {0, 0, 0, -1, -1, -1});
        }
    }

    /** A file without a picture yet; {@code version} is 87a or 89a. */
    public static GifBytes of(String version) {
        return new GifBytes("GIF" + version, true);
    }

    /** The same without a table of colours for all pictures. */
    public static GifBytes withoutTable() {
        return new GifBytes("GIF89a", false);
    }

    /** A picture of 2 x 2 pixels. */
    public GifBytes picture() {
        out.writeBytes(new byte[] {0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 3, 0x44, 0x02, 0x05, 0});
        return this;
    }

    /** The same with a table of four colours of its own. */
    public GifBytes pictureWithTable() {
        out.writeBytes(new byte[] {0x2C, 0, 0, 0, 0, 2, 0, 2, 0, (byte) 0x81});
        out.writeBytes(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 2, 3, 0x44, 0x02, 0x05, 0});
        return this;
    }

    /** What says how long the next picture stays. */
    public GifBytes control() {
        return extension(0xF9, new byte[] {4, 10, 0, 0});
    }

    /** An extension whose content is cut into pieces. */
    public GifBytes extension(int label, byte[] content) {
        out.write(0x21);
        out.write(label);
        return pieces(content);
    }

    /** An application extension whose content is cut into pieces; the name has eleven letters. */
    public GifBytes application(String name, byte[] content) {
        head(name);
        return pieces(content);
    }

    /** XMP as it should be: raw, and before its magic trailer. */
    public GifBytes xmp(byte[] packet) {
        head("XMP DataXMP");
        out.writeBytes(packet);
        out.write(1);
        for (int i = 255; i >= 0; i--) {
            out.write(i);
        }
        out.write(0);
        return this;
    }

    private void head(String name) {
        out.write(0x21);
        out.write(0xFF);
        out.write(11);
        out.writeBytes(latin(name));
    }

    private GifBytes pieces(byte[] content) {
        for (int at = 0; at < content.length; at += 255) {
            int length = Math.min(255, content.length - at);
            out.write(length);
            out.write(content, at, length);
        }
        out.write(0);
        return this;
    }

    /** Any bytes. */
    public GifBytes raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** The whole file with its trailer. */
    public byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.write(0x3B);
        return whole.toByteArray();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
