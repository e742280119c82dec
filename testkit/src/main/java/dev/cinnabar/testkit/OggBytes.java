package dev.cinnabar.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds Ogg files page by page, and takes them apart again, checking every checksum and number. */
public final class OggBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<Integer, Integer> numbers = new HashMap<>();

    private OggBytes() {}

    /** An empty file. */
    public static OggBytes empty() {
        return new OggBytes();
    }

    /** A stream of Opus with these comments and two pages of sound. */
    public OggBytes opus(int serial, String... comments) {
        return packets(serial, 2, 0, 255, latin("OpusHead\1\1\0\0\0\0\0\0\0\0\0"))
                .packets(serial, 0, 0, 255, joined(latin("OpusTags"), comments(comments)))
                .sound(serial);
    }

    /** A stream of Vorbis whose comment header shares {@code pages} pages with its setup header. */
    public OggBytes vorbis(int serial, int lacesPerPage, String... comments) {
        byte[] header = joined(latin("\3vorbis"), comments(comments), new byte[] {1});
        return packets(serial, 2, 0, 255, joined(latin("\1vorbis"), new byte[23]))
                .packets(serial, 0, 0, lacesPerPage, header, joined(latin("\5vorbis"), new byte[700]))
                .sound(serial);
    }

    /** A stream of FLAC. */
    public OggBytes flac(int serial, String... comments) {
        byte[] block = comments(comments);
        byte[] head = {(byte) 0x84, 0, (byte) (block.length >> 8), (byte) block.length};
        byte[] first = joined(latin("\177FLAC\1\0\0\1fLaC\0\0\0\42"), new byte[34]);
        return packets(serial, 2, 0, 255, first)
                .packets(serial, 0, 0, 255, joined(head, block))
                .sound(serial);
    }

    /** Two pages of sound, the last of the stream. */
    public OggBytes sound(int serial) {
        return packets(serial, 0, 960, 255, latin("sound of stream " + serial), new byte[300])
                .packets(serial, 4, 1920, 255, new byte[510]);
    }

    /** Packets on as many pages as they need with so many laces each; the flags stand on the first page (2) or the last (4). */
    public OggBytes packets(int serial, int flags, long position, int lacesPerPage, byte[]... packets) {
        ByteArrayOutputStream laces = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            for (int i = packet.length / 255; i > 0; i--) {
                laces.write(255);
            }
            laces.write(packet.length % 255);
        }
        byte[] all = laces.toByteArray();
        byte[] body = joined(packets);
        int at = 0;
        for (int from = 0; from < all.length; from += lacesPerPage) {
            byte[] own = Arrays.copyOfRange(all, from, Math.min(all.length, from + lacesPerPage));
            int length = sum(own);
            boolean last = from + own.length == all.length;
            int own1 = from > 0 && all[from - 1] == (byte) 255 ? 1 : 0;
            own1 |= from == 0 ? flags & 2 : 0;
            own1 |= last ? flags & 4 : 0;
            page(serial, own1, position, own, Arrays.copyOfRange(body, at, at + length));
            at += length;
        }
        return this;
    }

    /** One page. */
    public OggBytes page(int serial, int flags, long position, byte[] laces, byte[] body) {
        int number = numbers.merge(serial, 1, Integer::sum) - 1;
        out.writeBytes(page(serial, number, flags, position, laces, body));
        return this;
    }

    /** A page as bytes. */
    public static byte[] page(int serial, int number, int flags, long position, byte[] laces, byte[] body) {
        ByteBuffer head = ByteBuffer.allocate(27).order(ByteOrder.LITTLE_ENDIAN);
        head.put(latin("OggS\0"))
                .put((byte) flags)
                .putLong(position)
                .putInt(serial)
                .putInt(number);
        head.putInt(0).put((byte) laces.length);
        byte[] page = joined(head.array(), laces, body);
        ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putInt(22, sum(page, 0, page.length));
        return page;
    }

    /** The whole file. */
    public byte[] bytes() {
        return out.toByteArray();
    }

    /** One packet of a file: its stream, its index there, its bytes, the position of the page on which it ends. */
    public record Packet(int serial, int index, byte[] bytes, long position) {}

    /** The packets of a file; throws an AssertionError where a page's checksum, number or continuation is wrong. */
    public static List<Packet> packets(byte[] file) {
        List<Packet> packets = new ArrayList<>();
        Map<Integer, ByteArrayOutputStream> open = new HashMap<>();
        Map<Integer, int[]> counts = new HashMap<>();
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < file.length; ) {
            int laces = file[at + 26] & 0xFF;
            int length = sum(Arrays.copyOfRange(file, at + 27, at + 27 + laces));
            byte[] page = Arrays.copyOfRange(file, at, at + 27 + laces + length);
            int said = in.getInt(at + 22);
            Arrays.fill(page, 22, 26, (byte) 0);
            int serial = in.getInt(at + 14);
            int[] count = counts.computeIfAbsent(serial, s -> new int[2]);
            ByteArrayOutputStream packet = open.computeIfAbsent(serial, s -> new ByteArrayOutputStream());
            check(said == sum(page, 0, page.length), "the checksum of the page at " + at);
            check(in.getInt(at + 18) == count[0]++, "the number of the page at " + at);
            check((file[at + 5] & 1) == (packet.size() > 0 ? 1 : 0), "the continuation of the page at " + at);
            int body = at + 27 + laces;
            for (int i = 0; i < laces; i++) {
                int lace = file[at + 27 + i] & 0xFF;
                packet.write(file, body, lace);
                body += lace;
                if (lace < 255) {
                    packets.add(new Packet(serial, count[1]++, packet.toByteArray(), in.getLong(at + 6)));
                    packet.reset();
                }
            }
            at = body;
        }
        return packets;
    }

    private static void check(boolean right, String what) {
        if (!right) {
            throw new AssertionError(what + " is wrong");
        }
    }

    /** A comment header without what codings put around it. */
    public static byte[] comments(String... comments) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(text("testkit"));
        all.writeBytes(little(comments.length));
        for (String comment : comments) {
            all.writeBytes(text(comment));
        }
        return all.toByteArray();
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return joined(little(bytes.length), bytes);
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static int sum(byte[] laces) {
        int sum = 0;
        for (byte lace : laces) {
            sum += lace & 0xFF;
        }
        return sum;
    }

    /** The checksum of a page, bit by bit, as RFC 3533 describes it. */
    private static int sum(byte[] page, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum ^= page[i] << 24;
            for (int bit = 0; bit < 8; bit++) {
                sum = sum < 0 ? sum << 1 ^ 0x04C11DB7 : sum << 1;
            }
        }
        return sum;
    }

    private static byte[] joined(byte[]... parts) {
        return SoundBytes.joined(parts);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
