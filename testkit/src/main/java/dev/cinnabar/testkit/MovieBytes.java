package dev.cinnabar.testkit;

import static dev.cinnabar.testkit.BoxBytes.box;
import static dev.cinnabar.testkit.BoxBytes.full;
import static dev.cinnabar.testkit.BoxBytes.latin;
import static dev.cinnabar.testkit.BoxBytes.u32;
import static dev.cinnabar.testkit.BoxBytes.u64;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds MP4 and MOV files byte by byte: the header first or last, in fragments, with 32 or 64 bits of position; and finds their media again by the positions they name. */
public final class MovieBytes {
    private static final int CHUNKS = 5;

    private final String brand;
    private boolean last;
    private boolean wide;
    private boolean fragments;
    private boolean baseless;
    private int free = -1;
    private byte[] inMovie = {};
    private byte[] inTrack = {};
    private byte[] before = {};
    private byte[] after = {};

    private MovieBytes(String brand) {
        this.brand = brand;
    }

    /** One track of five chunks, the header first. */
    public static MovieBytes of(String brand) {
        return new MovieBytes(brand);
    }

    /** With the header behind the media. */
    public MovieBytes last() {
        this.last = true;
        return this;
    }

    /** With co64 and a 64-bit size of the media. */
    public MovieBytes wide() {
        this.wide = true;
        return this;
    }

    /** In fragments, with indexes of segments and of random access; each fragment says its base, or not. */
    public MovieBytes fragments(boolean withBase) {
        this.fragments = true;
        this.baseless = !withBase;
        return this;
    }

    /** With a free box of that many bytes behind the header. */
    public MovieBytes free(int size) {
        this.free = size;
        return this;
    }

    /** With boxes at the end of the header. */
    public MovieBytes inMovie(byte[]... boxes) {
        this.inMovie = PngBytes.joined(boxes);
        return this;
    }

    /** With boxes at the end of the track. */
    public MovieBytes inTrack(byte[]... boxes) {
        this.inTrack = PngBytes.joined(boxes);
        return this;
    }

    /** With boxes behind the first. */
    public MovieBytes before(byte[]... boxes) {
        this.before = PngBytes.joined(boxes);
        return this;
    }

    /** With boxes at the end. */
    public MovieBytes after(byte[]... boxes) {
        this.after = PngBytes.joined(boxes);
        return this;
    }

    /** The file. */
    public byte[] bytes() {
        byte[] head = PngBytes.joined(box("ftyp", latin(brand), u32(512), latin(brand), latin("isom")), before);
        if (fragments) {
            return fragmented(head);
        }
        byte[] media = wide ? BoxBytes.longBox("mdat", media()) : box("mdat", media());
        byte[] gap = free < 0 ? new byte[0] : box("free", new byte[free - 8]);
        int mediaHead = wide ? 16 : 8;
        if (last) {
            return PngBytes.joined(head, media, movie(head.length + mediaHead), gap, after);
        }
        int length = movie(0).length;
        return PngBytes.joined(head, movie(head.length + length + gap.length + mediaHead), gap, media, after);
    }

    private byte[] movie(int mediaAt) {
        byte[] sizes = new byte[0];
        byte[] offsets = new byte[0];
        long at = mediaAt;
        for (int i = 0; i < CHUNKS && !fragments; i++) {
            sizes = PngBytes.joined(sizes, u32(chunk(i).length));
            offsets = PngBytes.joined(offsets, wide ? u64(at) : u32(at));
            at += chunk(i).length;
        }
        int count = fragments ? 0 : CHUNKS;
        byte[] entry = box("sowt", new byte[6], BoxBytes.u16(1), new byte[8], sound(), u32(8000 << 16));
        byte[] table = box(
                "stbl",
                full("stsd", 0, 0, u32(1), entry),
                full("stts", 0, 0, u32(count > 0 ? 1 : 0), count > 0 ? PngBytes.joined(u32(count), u32(100)) : sizes),
                full("stsc", 0, 0, u32(count > 0 ? 1 : 0), count > 0 ? join(u32(1), u32(1), u32(1)) : sizes),
                full("stsz", 0, 0, u32(0), u32(count), sizes),
                full(wide ? "co64" : "stco", 0, 0, u32(count), offsets));
        byte[] references = full("dref", 0, 0, u32(1), full("url ", 0, 1));
        byte[] information = box("minf", full("smhd", 0, 0, u32(0)), box("dinf", references), table);
        byte[] media = box("mdia", mediaHeader(), BoxBytes.handler("soun"), information);
        byte[] track = box("trak", trackHeader(), media, inTrack);
        byte[] extends1 =
                fragments ? box("mvex", full("trex", 0, 0, u32(1), u32(1), u32(100), u32(0), u32(0))) : new byte[0];
        return box("moov", movieHeader(), track, extends1, inMovie);
    }

    private static byte[] sound() {
        return PngBytes.joined(BoxBytes.u16(1), BoxBytes.u16(16), u32(0));
    }

    private static byte[] movieHeader() {
        byte[] matrix = join(u32(0x10000), new byte[12], u32(0x10000), new byte[12], u32(0x40000000));
        return full(
                "mvhd",
                0,
                0,
                join(u32(0), u32(0), u32(8000), u32(500), u32(0x10000), new byte[12], matrix),
                new byte[24],
                u32(2));
    }

    private static byte[] trackHeader() {
        byte[] matrix = join(u32(0x10000), new byte[12], u32(0x10000), new byte[12], u32(0x40000000));
        return full("tkhd", 0, 3, join(u32(0), u32(0), u32(1), u32(0), u32(500)), new byte[16], matrix, new byte[8]);
    }

    private static byte[] mediaHeader() {
        return full("mdhd", 0, 0, u32(0), u32(0), u32(8000), u32(500), u32(0x55C40000));
    }

    private byte[] fragmented(byte[] head) {
        byte[] movie = movie(0);
        byte[] index = full("sidx", 0, 0, u32(1), u32(8000), u32(0), u32(0), u32(1), u32(0), u32(100), u32(0));
        byte[] early = full("sidx", 1, 0, u32(1), u32(8000), u64(0), u64(movie.length + index.length), u32(0));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PngBytes.joined(head, early, movie, index));
        byte[] entries = new byte[0];
        for (int i = 0; i < CHUNKS; i++) {
            entries = PngBytes.joined(entries, u32(100L * i), u32(out.size()), new byte[] {1, 1, 1});
            out.writeBytes(fragment(i, out.size()));
            out.writeBytes(box("mdat", chunk(i)));
        }
        byte[] access = full("tfra", 0, 0, u32(1), u32(0), u32(CHUNKS), entries);
        out.writeBytes(box("mfra", access, full("mfro", 0, 0, u32(8 + access.length + 16))));
        out.writeBytes(after);
        return out.toByteArray();
    }

    private byte[] fragment(int number, int at) {
        byte[] header = baseless ? full("tfhd", 0, 0x020000, u32(1)) : full("tfhd", 0, 1, u32(1), u64(at));
        int length = 8 + 16 + 8 + header.length + 16 + 24;
        byte[] run = full("trun", 0, 0x201, u32(1), u32(length + 8), u32(chunk(number).length));
        byte[] track = box("traf", header, full("tfdt", 0, 0, u32(100L * number)), run);
        return box("moof", full("mfhd", 0, 0, u32(number + 1)), track);
    }

    private static byte[] join(byte[]... parts) {
        return PngBytes.joined(parts);
    }

    private static byte[] media() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < CHUNKS; i++) {
            out.writeBytes(chunk(i));
        }
        return out.toByteArray();
    }

    private static byte[] chunk(int number) {
        byte[] chunk = new byte[200];
        Arrays.fill(chunk, (byte) (0x51 + number));
        return chunk;
    }

    /** The media of a file that was built here, as its tables of positions find them; what an index names follows it. */
    public static byte[] media(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(file);
        int sizes = find(file, "stsz", 0) + 12;
        int wideAt = find(file, "co64", 0);
        int offsets = (wideAt < 0 ? find(file, "stco", 0) : wideAt) + 8;
        for (int i = 0; i < in.getInt(offsets); i++) {
            long at = wideAt < 0 ? in.getInt(offsets + 4 + 4 * i) & 0xFFFFFFFFL : in.getLong(offsets + 4 + 8 * i);
            out.write(file, (int) at, in.getInt(sizes + 4 + 4 * i));
        }
        for (int moof = find(file, "moof", 0); moof >= 0; moof = find(file, "moof", moof + 4)) {
            int header = find(file, "tfhd", moof);
            boolean base = (in.getInt(header + 4) & 1) == 1;
            int run = find(file, "trun", moof);
            long start = (base ? in.getLong(header + 12) : moof - 4) + in.getInt(run + 12);
            out.write(file, (int) start, in.getInt(run + 16));
        }
        indexed(file, in, out);
        return out.toByteArray();
    }

    private static void indexed(byte[] file, ByteBuffer in, ByteArrayOutputStream out) {
        int access = find(file, "tfra", 0);
        for (int i = 0; access >= 0 && i < in.getInt(access + 16); i++) {
            out.write(file, in.getInt(access + 20 + 11 * i + 4) + 4, 4);
        }
        for (int sidx = find(file, "sidx", 0); sidx >= 0; sidx = find(file, "sidx", sidx + 4)) {
            boolean wide = file[sidx + 4] == 1;
            long first = wide ? in.getLong(sidx + 24) : in.getInt(sidx + 20);
            out.write(file, sidx - 4 + in.getInt(sidx - 4) + (int) first + 4, 4);
        }
    }

    private static int find(byte[] file, String type, int from) {
        byte[] wanted = type.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = from; at + 4 <= file.length; at++) {
            if (Arrays.equals(file, at, at + 4, wanted, 0, 4)) {
                return at;
            }
        }
        return -1;
    }
}
