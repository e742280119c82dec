package dev.cinnabar.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds ID3v2 tags byte by byte, versions 2.2, 2.3 and 2.4, with everything that makes them hard to read. */
public final class Id3Bytes {
    private final int version;
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
    private int padding;
    private boolean unsynchronised;
    private boolean extended;
    private boolean footer;
    private boolean plainSizes;

    private Id3Bytes(int version) {
        this.version = version;
    }

    /** An empty tag of version 2, 3 or 4. */
    public static Id3Bytes of(int version) {
        return new Id3Bytes(version);
    }

    /** With sizes of frames that are not sync-safe though the version is 2.4; to be said before the frames. */
    public Id3Bytes plainSizes() {
        this.plainSizes = true;
        return this;
    }

    /** A frame without flags. */
    public Id3Bytes frame(String id, byte[] content) {
        return frame(id, 0, content);
    }

    /** A frame; {@code flags} is the second byte of them, which version 2.2 has not. */
    public Id3Bytes frame(String id, int flags, byte[] content) {
        frames.writeBytes(latin(id));
        if (version == 2) {
            frames.writeBytes(Arrays.copyOfRange(big(content.length), 1, 4));
        } else {
            frames.writeBytes(version == 4 && !plainSizes ? safe(content.length) : big(content.length));
            frames.write(0);
            frames.write(flags);
        }
        frames.writeBytes(content);
        return this;
    }

    /** A TXXX or TXX frame; {@code coding} is 0 Latin-1, 1 UTF-16, 2 UTF-16BE, 3 UTF-8. */
    public Id3Bytes text(int coding, String description, String value) {
        return frame(version == 2 ? "TXX" : "TXXX", textContent(coding, description, value));
    }

    /** The content of a TXXX frame. */
    public static byte[] textContent(int coding, String description, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(coding);
        switch (coding) {
            case 1 -> {
                out.writeBytes(("\uFEFF" + description + "\0").getBytes(StandardCharsets.UTF_16LE));
                out.writeBytes(("\uFEFF" + value).getBytes(StandardCharsets.UTF_16LE));
            }
            case 2 -> out.writeBytes((description + "\0" + value).getBytes(StandardCharsets.UTF_16BE));
            default -> out.writeBytes((description + "\0" + value).getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    /** Zeros behind the frames. */
    public Id3Bytes padding(int length) {
        this.padding = length;
        return this;
    }

    /** With zeros put in wherever the tag could be taken for sound. */
    public Id3Bytes unsynchronised() {
        this.unsynchronised = true;
        return this;
    }

    /** With an extended header that has a checksum. */
    public Id3Bytes extended() {
        this.extended = true;
        return this;
    }

    /** With a footer (version 2.4). */
    public Id3Bytes footer() {
        this.footer = true;
        return this;
    }

    /** The whole tag. */
    public byte[] bytes() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (extended && version == 3) {
            body.writeBytes(new byte[] {0, 0, 0, 10, (byte) 0x80, 0, 0, 0, 0, (byte) padding, 1, 2, 3, 4});
        } else if (extended) {
            body.writeBytes(new byte[] {0, 0, 0, 12, 1, 0x20, 5, 1, 2, 3, 4, 5});
        }
        body.writeBytes(frames.toByteArray());
        body.writeBytes(new byte[padding]);
        byte[] inside = unsynchronised && version < 4 ? stuffed(body.toByteArray()) : body.toByteArray();
        int flags = (unsynchronised ? 0x80 : 0) | (extended ? 0x40 : 0) | (footer ? 0x10 : 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        head(out, "ID3", flags, inside.length);
        out.writeBytes(inside);
        if (footer) {
            head(out, "3DI", flags, inside.length);
        }
        return out.toByteArray();
    }

    private void head(ByteArrayOutputStream out, String letters, int flags, int length) {
        out.writeBytes(latin(letters));
        out.write(version);
        out.write(0);
        out.write(flags);
        out.writeBytes(safe(length));
    }

    /** Unsynchronised bytes: a zero after every FF that is followed by a zero or by three set bits. */
    public static byte[] stuffed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            out.write(bytes[i]);
            int next = i + 1 < bytes.length ? bytes[i + 1] & 0xFF : 0;
            if (bytes[i] == (byte) 0xFF && (next == 0 || next >= 0xE0)) {
                out.write(0);
            }
        }
        return out.toByteArray();
    }

    private static byte[] safe(int value) {
        return new byte[] {
            (byte) (value >> 21 & 0x7F), (byte) (value >> 14 & 0x7F), (byte) (value >> 7 & 0x7F), (byte) (value & 0x7F)
        };
    }

    private static byte[] big(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
