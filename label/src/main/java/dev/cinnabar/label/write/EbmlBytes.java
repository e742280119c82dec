package dev.cinnabar.label.write;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Elements of an EBML file as bytes: taken apart, and put together with true sizes and checksums. */
final class EbmlBytes {
    static final long CRC = 0xBF;
    static final long VOID = 0xEC;

    /** One element within bytes. */
    record Part(long id, int from, int body, int to, int sizeWidth) {}

    private EbmlBytes() {}

    /** The elements of a content. */
    static List<Part> parts(byte[] content, int from, int to) throws Refusal {
        List<Part> parts = new ArrayList<>();
        for (int at = from; at < to; at = parts.getLast().to()) {
            int idWidth = width(content, at, to, 4);
            int sizeWidth = width(content, at + idWidth, to, 8);
            long mark = 1L << (7 * sizeWidth);
            long size = number(content, at + idWidth, sizeWidth) & (mark - 1);
            int body = at + idWidth + sizeWidth;
            if (size > to - body) {
                throw Refusal.broken(at, "an element within another claims " + size + " bytes");
            }
            parts.add(new Part(number(content, at, idWidth), at, body, body + (int) size, sizeWidth));
        }
        return parts;
    }

    private static int width(byte[] content, int at, int to, int most) throws Refusal {
        int width = at < to ? Integer.numberOfLeadingZeros(content[at] & 0xFF) - 23 : 9;
        if (width > most || at + width > to) {
            throw Refusal.broken(at, "no element begins within another where one must");
        }
        return width;
    }

    /** A number, the highest byte first. */
    static long number(byte[] content, int at, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | (content[at + i] & 0xFF);
        }
        return value;
    }

    /** A size in at least so many bytes. */
    static byte[] size(long value, int least) {
        int width = least;
        while (value >= (1L << (7 * width)) - 1) {
            width++;
        }
        byte[] out = BmffTree.big(value, width);
        out[0] |= (byte) (0x80 >> (width - 1));
        return out;
    }

    /** An element; its size takes at least so many bytes. */
    static byte[] element(long id, int leastSize, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 12);
        out.writeBytes(BmffTree.big(id, (71 - Long.numberOfLeadingZeros(id)) / 8));
        out.writeBytes(size(content.length, leastSize));
        out.writeBytes(content);
        return out.toByteArray();
    }

    static byte[] element(long id, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return element(id, 1, out.toByteArray());
    }

    /** Padding of so many bytes in all, at least 2. */
    static byte[] padding(int length) {
        return length < 129 ? element(VOID, 1, new byte[length - 2]) : element(VOID, 8, new byte[length - 9]);
    }

    /** A checksum over the content that follows it. */
    static byte[] checksum(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return checksum(crc);
    }

    static byte[] checksum(CRC32 crc) {
        return element(CRC, WavWriter.little(crc.getValue(), 4));
    }
}
