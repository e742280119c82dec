package dev.cinnabar.testkit;

import static dev.cinnabar.testkit.BoxBytes.join;
import static dev.cinnabar.testkit.BoxBytes.latin;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds AVI files byte by byte: made-up frames, an index counted from the media or from the file, OpenDML's indexes and further part; and follows them again. */
public final class AviBytes {
    private static final int FRAMES = 4;
    private static final byte[] NOTHING = {};

    private boolean absolute;
    private boolean openDml;
    private byte[] before = {};
    private byte[] after = {};

    private AviBytes() {}

    /** One stream of four frames with idx1. */
    public static AviBytes of() {
        return new AviBytes();
    }

    /** With an index that counts from the start of the file. */
    public AviBytes absolute() {
        this.absolute = true;
        return this;
    }

    /** With OpenDML's indexes and a second part. */
    public AviBytes openDml() {
        this.openDml = true;
        return this;
    }

    /** With chunks before the media. */
    public AviBytes before(byte[]... chunks) {
        this.before = join(chunks);
        return this;
    }

    /** With chunks at the end of the first part. */
    public AviBytes after(byte[]... chunks) {
        this.after = join(chunks);
        return this;
    }

    /** A chunk with its padding. */
    public static byte[] chunk(String id, byte[]... parts) {
        byte[] content = join(parts);
        return join(latin(id), le(content.length, 4), content, new byte[content.length & 1]);
    }

    /** A list INFO. */
    public static byte[] info(byte[]... entries) {
        return chunk("LIST", latin("INFO"), join(entries));
    }

    /** An entry of a list INFO: text and a zero byte. */
    public static byte[] entry(String id, String text) {
        return chunk(id, text.getBytes(StandardCharsets.UTF_8), new byte[1]);
    }

    private static byte[] le(long value, int count) {
        return Arrays.copyOf(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array(),
                count);
    }

    /** The file. */
    public byte[] bytes() {
        // positions take as many bytes whatever they are
        byte[] first = first(0, 0);
        int mediaAt = indexOf(first, "LISTxxxxmovi") + 8;
        first = first(mediaAt, first.length);
        return openDml ? join(first, riff("AVIX", media(first.length + 20))) : first;
    }

    private byte[] first(int mediaAt, int secondAt) {
        byte[] index = NOTHING;
        for (int i = 0; i < FRAMES; i++) {
            int at = (absolute ? mediaAt : 0) + 4 + i * frame(0).length;
            index = join(index, latin("00dc"), le(16, 4), le(at, 4), le(frame(0).length - 8, 4));
        }
        int partAt = 4 + FRAMES * frame(0).length;
        byte[] indx = join(
                le(4, 2),
                new byte[2],
                le(2, 4),
                latin("00dc"),
                new byte[12],
                le(mediaAt + partAt, 8),
                le(32 + 8 * FRAMES, 4),
                le(FRAMES, 4),
                le(secondAt + 20 + partAt, 8),
                le(32 + 8 * FRAMES, 4),
                le(FRAMES, 4),
                new byte[32]);
        byte[] strh = chunk(
                "strh", latin("vidsDIB "), new byte[12], le(1, 4), le(25, 4), le(0, 4), le(FRAMES, 4), new byte[24]);
        byte[] strf = chunk("strf", le(40, 4), le(2, 4), le(2, 4), le(1, 2), le(24, 2), new byte[24]);
        byte[] stream = chunk("LIST", latin("strl"), strh, strf, openDml ? chunk("indx", indx) : NOTHING);
        byte[] avih = chunk(
                "avih",
                le(40000, 4),
                new byte[8],
                le(16, 4),
                le(FRAMES, 4),
                le(0, 4),
                le(1, 4),
                new byte[4],
                le(2, 4),
                le(2, 4),
                new byte[16]);
        byte[] header = chunk("LIST", latin("hdrl"), avih, stream);
        return riff("AVI ", join(header, before, media(mediaAt), chunk("idx1", index), after));
    }

    private static byte[] riff(String kind, byte[] content) {
        return join(latin("RIFF"), le(content.length + 4L, 4), latin(kind), content);
    }

    private byte[] media(int mediaAt) {
        byte[] frames = NOTHING;
        byte[] entries = NOTHING;
        for (int i = 0; i < FRAMES; i++) {
            entries = join(entries, le(4L + 8 + (long) i * frame(0).length, 4), le(frame(0).length - 8, 4));
            frames = join(frames, frame(i));
        }
        byte[] index = chunk(
                "ix00",
                le(2, 2),
                new byte[] {0, 1},
                le(FRAMES, 4),
                latin("00dc"),
                le(mediaAt, 8),
                new byte[4],
                entries);
        return chunk("LIST", latin("movi"), frames, openDml ? index : NOTHING);
    }

    private static byte[] frame(int number) {
        byte[] picture = new byte[16];
        Arrays.fill(picture, (byte) (0x40 + number));
        return chunk("00dc", picture);
    }

    private static int indexOf(byte[] file, String pattern) {
        for (int at = 0; at + pattern.length() <= file.length; at++) {
            boolean same = true;
            for (int i = 0; i < pattern.length() && same; i++) {
                same = pattern.charAt(i) == 'x' || file[at + i] == (byte) pattern.charAt(i);
            }
            if (same) {
                return at;
            }
        }
        return -1;
    }

    /** The frames of a file, and what stands where its indexes point: the same before and after where all is true. */
    public static byte[] media(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int mediaAt = indexOf(file, "LISTxxxxmovi") + 8;
        for (int at = 0; at + 4 <= file.length; at++) {
            if (is(file, at, "00dc")
                    && at + 24 <= file.length
                    && in.getInt(at + 4) == 16
                    && file[at + 8] >= 0x40
                    && file[at + 8] == file[at + 9]) {
                out.write(file, at, 24);
            } else if (is(file, at, "idx1")) {
                for (int entry = at + 8; entry < at + 8 + in.getInt(at + 4); entry += 16) {
                    int position = in.getInt(entry + 8);
                    out.write(file, is(file, mediaAt + position, "00dc") ? mediaAt + position : position, 24);
                }
            } else if (is(file, at, "indx")) {
                for (int i = 0; i < in.getInt(at + 12); i++) {
                    part(file, (int) in.getLong(at + 32 + 16 * i), out);
                }
            }
        }
        return out.toByteArray();
    }

    private static void part(byte[] file, int at, ByteArrayOutputStream out) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        out.write(file, at, 8);
        for (int i = 0; i < in.getInt(at + 12); i++) {
            out.write(file, (int) in.getLong(at + 20) + in.getInt(at + 32 + 8 * i), 16);
        }
    }

    private static boolean is(byte[] file, int at, String id) {
        return at >= 0 && at + 4 <= file.length && new String(file, at, 4, StandardCharsets.ISO_8859_1).equals(id);
    }
}
