package dev.cinnabar.testkit;

import static dev.cinnabar.testkit.BoxBytes.join;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Builds Matroska files byte by byte: clusters of made-up blocks, with and without sizes, checksums, positions and tables of positions; and checks them again. */
public final class MatroskaBytes {
    private static final long SEGMENT = 0x18538067L;
    private static final long CLUSTER = 0x1F43B675L;
    private static final int CLUSTERS = 4;

    private final String type;
    private boolean live;
    private boolean cuesFirst;
    private boolean checked;
    private boolean positions;
    private int sizeWidth = 8;
    private int blockLength = 50;
    private byte[] before = {};
    private byte[] after = {};

    private MatroskaBytes(String type) {
        this.type = type;
    }

    /** Four clusters, a SeekHead before them and Cues behind them; the type is matroska or webm. */
    public static MatroskaBytes of(String type) {
        return new MatroskaBytes(type);
    }

    /** Segment and clusters without sizes, and no tables, as a live stream has. */
    public MatroskaBytes live() {
        this.live = true;
        return this;
    }

    /** With Cues before the clusters. */
    public MatroskaBytes cuesFirst() {
        this.cuesFirst = true;
        return this;
    }

    /** With checksums in the tables and the clusters. */
    public MatroskaBytes checked() {
        this.checked = true;
        return this;
    }

    /** With clusters that say where they stand. */
    public MatroskaBytes positions() {
        this.positions = true;
        return this;
    }

    /** With a segment whose size takes so many bytes. */
    public MatroskaBytes sizeWidth(int bytes) {
        this.sizeWidth = bytes;
        return this;
    }

    /** With blocks of so many bytes. */
    public MatroskaBytes blocks(int bytes) {
        this.blockLength = bytes;
        return this;
    }

    /** With elements before the clusters. */
    public MatroskaBytes before(byte[]... elements) {
        this.before = join(elements);
        return this;
    }

    /** With elements at the end of the segment. */
    public MatroskaBytes after(byte[]... elements) {
        this.after = join(elements);
        return this;
    }

    /** The element Tags, with or without a checksum. */
    public static byte[] tags(boolean withChecksum, byte[]... tags) {
        return withChecksum ? sealed(0x1254C367L, join(tags)) : element(0x1254C367L, join(tags));
    }

    /** A tag of the whole file, or of a track where its number is not 0. */
    public static byte[] tag(int track, String name, String text) {
        byte[] target = track == 0 ? new byte[0] : element(0x63C5, new byte[] {(byte) track});
        return element(0x7373, element(0x63C0, target), simple(name, text));
    }

    /** A name and a text. */
    public static byte[] simple(String name, String text) {
        return element(0x67C8, element(0x45A3, utf8(name)), element(0x4487, utf8(text)));
    }

    /** Padding. */
    public static byte[] padding(int length) {
        return element(0xEC, new byte[length]);
    }

    /** An attached file. */
    public static byte[] attachment(String mediaType) {
        return element(0x1941A469L, element(0x61A7, element(0x466E, utf8("a")), element(0x4660, utf8(mediaType))));
    }

    /** An element. */
    public static byte[] element(long id, byte[]... parts) {
        byte[] content = join(parts);
        int width = content.length < 127 ? 1 : content.length < 16000 ? 2 : 4;
        return join(id(id), size(content.length, width), content);
    }

    private static byte[] sealed(long id, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        byte[] value = ByteBuffer.allocate(4)
                .putInt(Integer.reverseBytes((int) crc.getValue()))
                .array();
        return element(id, element(0xBF, value), content);
    }

    private static byte[] id(long id) {
        int width = (71 - Long.numberOfLeadingZeros(id)) / 8;
        return Arrays.copyOfRange(BoxBytes.u64(id), 8 - width, 8);
    }

    private static byte[] size(long value, int width) {
        return Arrays.copyOfRange(BoxBytes.u64(value | 1L << (7 * width)), 8 - width, 8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] number(long value, int least) {
        int width = Math.max(least, Math.max(1, (71 - Long.numberOfLeadingZeros(value)) / 8));
        return Arrays.copyOfRange(BoxBytes.u64(value), 8 - width, 8);
    }

    /** The file. */
    public byte[] bytes() {
        byte[] header = element(
                0x1A45DFA3L,
                element(0x4286, new byte[] {1}),
                element(0x4282, utf8(type)),
                element(0x4287, new byte[] {4}),
                element(0x4285, new byte[] {2}));
        byte[] info = element(0x1549A966L, element(0x2AD7B1, number(1_000_000, 1)));
        byte[] video = element(0xE0, element(0xB0, new byte[] {16}), element(0xBA, new byte[] {16}));
        byte[] tracks = element(
                0x1654AE6BL,
                element(
                        0xAE,
                        element(0xD7, new byte[] {1}),
                        element(0x73C5, new byte[] {1}),
                        element(0x83, new byte[] {1}),
                        element(0x86, utf8("V_UNCOMPRESSED")),
                        video));
        byte[] head = join(info, tracks, before);
        if (live) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(join(header, id(SEGMENT), new byte[] {1, -1, -1, -1, -1, -1, -1, -1}, head));
            for (int i = 0; i < CLUSTERS; i++) {
                out.writeBytes(join(id(CLUSTER), new byte[] {-1}, blocksOf(i)));
            }
            out.writeBytes(after);
            return out.toByteArray();
        }
        byte[] content = content(head);
        return join(header, id(SEGMENT), size(content.length, sizeWidth), content);
    }

    private int firstCluster(byte[] head) {
        int at = seekHead(0).length + head.length;
        for (int i = 0; i < 3 && cuesFirst; i++) {
            at = seekHead(0).length + head.length + cues(at).length;
        }
        return at;
    }

    private byte[] content(byte[] head) {
        int seekLength = seekHead(0).length;
        int first = firstCluster(head);
        byte[] clusters = new byte[0];
        for (int i = 0; i < CLUSTERS; i++) {
            clusters = join(clusters, cluster(i, first + clusters.length));
        }
        byte[] cues = cues(first);
        int cuesAt = cuesFirst ? seekLength + head.length : seekLength + head.length + clusters.length;
        byte[] seek = seekHead(cuesAt);
        return cuesFirst ? join(seek, head, cues, clusters, after) : join(seek, head, clusters, cues, after);
    }

    private byte[] seekHead(int cuesAt) {
        byte[] entry = element(0x4DBB, element(0x53AB, id(0x1C53BB6BL)), element(0x53AC, number(cuesAt, 2)));
        return checked ? sealed(0x114D9B74L, entry) : element(0x114D9B74L, entry);
    }

    private byte[] cues(int first) {
        byte[] points = new byte[0];
        int at = first;
        for (int i = 0; i < CLUSTERS; i++) {
            byte[] where = element(0xB7, element(0xF7, new byte[] {1}), element(0xF1, number(at, 1)));
            points = join(points, element(0xBB, element(0xB3, new byte[] {(byte) i}), where));
            at += cluster(i, at).length;
        }
        return checked ? sealed(0x1C53BB6BL, points) : element(0x1C53BB6BL, points);
    }

    private byte[] cluster(int number, int at) {
        byte[] content = blocksOf(number);
        if (positions) {
            content = join(
                    Arrays.copyOf(content, 3),
                    element(0xA7, number(at, 1)),
                    Arrays.copyOfRange(content, 3, content.length));
        }
        return checked ? sealed(CLUSTER, content) : element(CLUSTER, content);
    }

    private byte[] blocksOf(int number) {
        byte[] block = new byte[4 + blockLength];
        Arrays.fill(block, (byte) (0x40 + number));
        block[0] = (byte) 0x81;
        return join(element(0xE7, new byte[] {(byte) number}), element(0xA3, block), element(0xA3, block));
    }

    /** The blocks of a file, and what every table, position and checksum in it points to or says: the same before and after where all is true. */
    public static byte[] media(byte[] file) {
        Check check = new Check(file);
        check.walk(0, file.length, 0);
        return check.out.toByteArray();
    }

    /** Walks a file and writes down what must not change. */
    private static final class Check {
        private final byte[] file;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int segmentAt;
        private int clusterAt;

        Check(byte[] file) {
            this.file = file;
        }

        private int width(int at) {
            return Integer.numberOfLeadingZeros(file[at] & 0xFF) - 23;
        }

        private long value(int at, int width) {
            long value = 0;
            for (int i = 0; i < width; i++) {
                value = value << 8 | (file[at + i] & 0xFF);
            }
            return value;
        }

        void walk(int from, int to, long parent) {
            for (int at = from; at < to; ) {
                int idWidth = width(at);
                long id = value(at, idWidth);
                int sizeWidth = width(at + idWidth);
                long size = value(at + idWidth, sizeWidth) & ((1L << (7 * sizeWidth)) - 1);
                int body = at + idWidth + sizeWidth;
                boolean open = size == (1L << (7 * sizeWidth)) - 1;
                int end = open ? to : (int) (body + size);
                if (end > to) {
                    out.writeBytes(utf8("beyond its parent"));
                    return;
                }
                if (open && id == CLUSTER) {
                    end = body;
                }
                if (id == CLUSTER) {
                    clusterAt = at;
                }
                element(id, body, end, to, parent);
                at = end;
            }
        }

        private void element(long id, int body, int end, int parentEnd, long parent) {
            int width = end - body;
            if (id == SEGMENT) {
                segmentAt = body;
                walk(body, end, id);
            } else if (id == CLUSTER
                    || id == 0x114D9B74L
                    || id == 0x4DBB
                    || id == 0x1C53BB6BL
                    || id == 0xBB
                    || id == 0xB7) {
                walk(body, end, id);
            } else if (id == 0xA3) {
                out.write(file, body, width);
            } else if (id == 0xF1 || id == 0x53AC) {
                out.write(file, segmentAt + (int) value(body, width), 4);
            } else if (id == 0xA7 && parent == CLUSTER) {
                out.writeBytes(segmentAt + value(body, width) == clusterAt ? new byte[0] : utf8("wrong position"));
            } else if (id == 0xBF) {
                CRC32 crc = new CRC32();
                crc.update(file, end, parentEnd - end);
                out.write(Integer.reverseBytes((int) crc.getValue()) == (int) value(body, 4) ? 2 : 3);
            }
        }
    }
}
