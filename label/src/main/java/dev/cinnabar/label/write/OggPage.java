package dev.cinnabar.label.write;

import java.io.IOException;

/**
 * One page of an Ogg file.
 *
 * @param at where it begins
 * @param flags 1 goes on with a packet, 2 begins a stream, 4 ends it
 * @param position the granule position: -1 where no packet ends, 0 on pages of headers
 * @param serial the stream it belongs to
 * @param number its number in the stream
 * @param laces the lengths of the pieces of its body
 */
record OggPage(long at, int flags, long position, long serial, long number, byte[] laces) {
    static final int CONTINUES = 1;
    static final int BEGINS = 2;
    static final int ENDS = 4;
    static final int MOST_LACES = 255;
    private static final int HEAD = 27;
    private static final int NUMBER_AT = 18;
    private static final int SUM_AT = 22;
    private static final int[] TABLE = table();

    static OggPage of(Input file, long at) throws IOException, Refusal {
        if (!file.latin(at, 5).equals("OggS\0")) {
            throw Refusal.broken(at, "no page begins where one should");
        }
        byte[] laces = file.stretch(at + HEAD, file.byteAt(at + 26));
        OggPage page = new OggPage(
                at,
                file.byteAt(at + 5),
                file.little(at + 6, 8),
                file.little(at + 14, 4),
                file.little(at + NUMBER_AT, 4),
                laces);
        if (page.end() > file.size()) {
            throw Refusal.broken(at, "a page claims more bytes than the file has");
        }
        return page;
    }

    int bodyLength() {
        int length = 0;
        for (byte lace : laces) {
            length += lace & 0xFF;
        }
        return length;
    }

    long bodyAt() {
        return at + HEAD + laces.length;
    }

    long end() {
        return bodyAt() + bodyLength();
    }

    /** Whether a packet ends where the page ends. */
    boolean isClosed() {
        return laces.length > 0 && laces[laces.length - 1] != (byte) 0xFF;
    }

    /** The page as bytes, its checksum right. */
    byte[] bytes(byte[] body, int from, int length) {
        byte[] head = Bytes.joined(
                Bytes.latin("OggS\0"),
                new byte[] {(byte) flags},
                Bytes.little(position, 8),
                Bytes.little(serial, 4),
                Bytes.little(number, 4),
                new byte[4],
                new byte[] {(byte) laces.length},
                laces);
        byte[] page = java.util.Arrays.copyOf(head, head.length + length);
        System.arraycopy(body, from, page, head.length, length);
        int sum = 0;
        for (byte b : page) {
            sum = next(sum, b);
        }
        System.arraycopy(Bytes.little(sum, 4), 0, page, SUM_AT, 4);
        return page;
    }

    /** Where number and checksum stand, which {@link #renumbered} replaces. */
    long numberAt() {
        return at + NUMBER_AT;
    }

    /**
     * Number and checksum of the page under another number. The checksum is linear, so what it changes by follows from what the number changes by and from how much stands behind
     * it; the body is not read, and a page that was damaged stays recognisably so.
     */
    byte[] renumbered(Input file, long other) throws IOException, Refusal {
        int change = 0;
        for (byte b : Bytes.little(number ^ (other & 0xFFFFFFFFL), 4)) {
            change = next(change, b);
        }
        for (long i = end() - at - SUM_AT; i > 0; i--) {
            change = next(change, (byte) 0);
        }
        long sum = file.little(at + SUM_AT, 4) ^ change;
        return Bytes.joined(Bytes.little(other, 4), Bytes.little(sum, 4));
    }

    private static int next(int sum, byte b) {
        return sum << 8 ^ TABLE[(sum >>> 24 ^ b) & 0xFF];
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value << 1 ^ (value < 0 ? 0x04C11DB7 : 0);
            }
            table[i] = value;
        }
        return table;
    }
}
