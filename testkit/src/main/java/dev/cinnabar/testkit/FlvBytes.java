package dev.cinnabar.testkit;

import static dev.cinnabar.testkit.BoxBytes.join;
import static dev.cinnabar.testkit.BoxBytes.latin;
import static dev.cinnabar.testkit.BoxBytes.u16;
import static dev.cinnabar.testkit.BoxBytes.u32;
import static dev.cinnabar.testkit.BoxBytes.u64;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds FLV files byte by byte: made-up frames, metadata with the positions of key frames; and follows the positions again. */
public final class FlvBytes {
    private static final int FRAMES = 4;
    private static final byte[] END = {0, 0, 9};

    private boolean hasMetadata;
    private boolean object;
    private boolean keyframes;
    private byte[] metadata = {};
    private byte[] before = {};
    private byte[] after = {};

    private FlvBytes() {}

    /** Four frames and no metadata. */
    public static FlvBytes of() {
        return new FlvBytes();
    }

    /** With metadata of these members and the size of the file. */
    public FlvBytes metadata(byte[]... members) {
        this.hasMetadata = true;
        this.metadata = join(members);
        return this;
    }

    /** With metadata as an object, not as an array. */
    public FlvBytes object() {
        this.object = true;
        return this;
    }

    /** With the positions of the frames in the metadata. */
    public FlvBytes keyframes() {
        this.keyframes = true;
        return this;
    }

    /** With tags before the metadata. */
    public FlvBytes before(byte[]... tags) {
        this.before = join(tags);
        return this;
    }

    /** With tags behind the frames. */
    public FlvBytes after(byte[]... tags) {
        this.after = join(tags);
        return this;
    }

    /** A member with a text. */
    public static byte[] text(String key, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return join(key(key), new byte[] {2}, u16(content.length), content);
    }

    /** A member with members of its own. */
    public static byte[] object(String key, byte[]... members) {
        return join(key(key), new byte[] {3}, join(members), END);
    }

    private static byte[] key(String key) {
        return join(u16(key.length()), latin(key));
    }

    private static byte[] number(double value) {
        return join(new byte[1], u64(Double.doubleToLongBits(value)));
    }

    /** A tag with its length behind it. */
    public static byte[] tag(int kind, byte[]... parts) {
        byte[] content = join(parts);
        return join(u32((long) kind << 24 | content.length), new byte[7], content, u32(11L + content.length));
    }

    /** A script tag with an event and members. */
    public static byte[] script(String event, byte[]... members) {
        return tag(18, new byte[] {2}, key(event), new byte[] {3}, join(members), END);
    }

    /** The file. */
    public byte[] bytes() {
        byte[] header = join(latin("FLV"), new byte[] {1, 5}, u32(9), u32(0), before);
        byte[] frames = new byte[0];
        for (int i = 0; i < FRAMES; i++) {
            byte[] picture = new byte[20];
            Arrays.fill(picture, (byte) (0x40 + i));
            frames = join(frames, tag(9, picture));
        }
        if (!hasMetadata) {
            return join(header, frames, after);
        }
        int framesAt = header.length + metadata(0, 0).length;
        byte[] tag = metadata(framesAt, framesAt + frames.length + after.length);
        return join(header, tag, frames, after);
    }

    private byte[] metadata(int framesAt, int size) {
        byte[] members = join(key("filesize"), number(size), metadata);
        if (keyframes) {
            byte[] positions = new byte[0];
            for (int i = 0; i < FRAMES; i++) {
                positions = join(positions, number(framesAt + 35.0 * i));
            }
            byte[] list = join(key("filepositions"), new byte[] {10}, u32(FRAMES), positions);
            members = join(members, object("keyframes", list));
        }
        byte[] type = object ? new byte[] {3} : join(new byte[] {8}, u32(2));
        return tag(18, new byte[] {2}, key("onMetaData"), type, members, END);
    }

    /** The frames of a file, what stands at the positions it names, and whether it knows its size: the same before and after where all is true. */
    public static byte[] media(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 13; at + 15 <= file.length; ) {
            int length = in.getInt(at) & 0xFFFFFF;
            if (file[at] != 18) {
                out.write(file, at, length + 15);
            }
            if (in.getInt(at + 11 + length) != length + 11) {
                out.writeBytes(latin("wrong length behind a tag"));
            }
            at += length + 15;
        }
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int size = text.indexOf("filesize");
        if (size > 0) {
            out.write(in.getDouble(size + 9) == file.length ? 1 : 2);
        }
        int positions = text.indexOf("filepositions");
        for (int i = 0; positions > 0 && i < FRAMES; i++) {
            out.write(file, (int) in.getDouble(positions + 19 + 9 * i), 35);
        }
        return out.toByteArray();
    }
}
