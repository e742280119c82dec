package dev.cinnabar.label.read;

import dev.cinnabar.label.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One frame of an ID3v2 tag.
 *
 * @param id its three or four letters
 * @param dataAt where its content begins
 * @param end where it ends
 * @param packing what was done to the content
 */
record Id3Frame(String id, long dataAt, long end, Packing packing) {
    /** How the content is packed; {@code prefix} bytes of bookkeeping stand before it. */
    record Packing(int prefix, boolean unsynchronised, boolean compressed, boolean encrypted) {
        private static final Packing NONE = new Packing(0, false, false, false);

        static Packing of(int version, int format, int tagFlags) {
            if (version == 2) {
                return NONE;
            }
            boolean third = version == 3;
            boolean compressed = (format & (third ? 0x80 : 0x08)) != 0;
            boolean encrypted = (format & (third ? 0x40 : 0x04)) != 0;
            boolean grouped = (format & (third ? 0x20 : 0x40)) != 0;
            boolean sized = third ? compressed : (format & 0x01) != 0;
            boolean unsynchronised = !third && ((format & 0x02) != 0 || (tagFlags & 0x80) != 0);
            int prefix = (sized ? 4 : 0) + (grouped ? 1 : 0) + (encrypted ? 1 : 0);
            return new Packing(prefix, unsynchronised, compressed, encrypted);
        }
    }

    /** The frame at a position of a tag that ends at {@code end}. */
    static Id3Frame at(Window tag, long at, long end, int version, int tagFlags) throws IOException, Damage {
        int letters = version == 2 ? 3 : 4;
        String id = tag.fourCc(at).substring(0, letters);
        if (!isId(id)) {
            throw Damage.at(at, "no ID3v2 frame begins where one should");
        }
        long dataAt = at + (version == 2 ? 6 : 10);
        long size = switch (version) {
            case 2 -> tag.u32be(at + 2) & 0xFFFFFF;
            case 3 -> tag.u32be(at + 4);
            default -> size24(tag, at, end);
        };
        if (size > end - dataAt) {
            throw Damage.at(at, "the frame " + id + " claims " + size + " bytes; the tag has " + (end - dataAt));
        }
        int format = version == 2 ? 0 : tag.u8(at + 9);
        return new Id3Frame(id, dataAt, dataAt + size, Packing.of(version, format, tagFlags));
    }

    /** In version 2.4 sizes are sync-safe, but some programs write plain ones: the one behind which the tag goes on is the right one. */
    private static long size24(Window tag, long at, long end) throws IOException, Damage {
        long plain = tag.u32be(at + 4);
        if ((plain & 0x80808080L) != 0) {
            return plain;
        }
        long safe = Id3Reader.syncSafe(tag, at + 4);
        if (plain > 0x7F && !goesOn(tag, at + 10 + safe, end) && goesOn(tag, at + 10 + plain, end)) {
            return plain;
        }
        return safe;
    }

    private static boolean goesOn(Window tag, long next, long end) throws IOException, Damage {
        if (next >= end) {
            return next == end;
        }
        return tag.u8(next) == 0 || (next + 10 <= end && isId(tag.fourCc(next)));
    }

    private static boolean isId(String id) {
        return id.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
    }

    /** The content unpacked; empty where it is encrypted or does not unpack. */
    byte[] content(byte[] raw, Limits limits) throws Damage {
        byte[] bytes = packing.unsynchronised() ? Id3Reader.synchronised(raw) : raw;
        if (packing.encrypted() || bytes.length < packing.prefix()) {
            return new byte[0];
        }
        byte[] rest = Arrays.copyOfRange(bytes, packing.prefix(), bytes.length);
        return packing.compressed() ? inflated(rest, limits) : rest;
    }

    private byte[] inflated(byte[] packed, Limits limits) throws Damage {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] block = new byte[8192];
            while (!inflater.finished()) {
                int n = inflater.inflate(block);
                if (n == 0) {
                    break;
                }
                if (out.size() + n > limits.textBytes()) {
                    throw Damage.limit("the frame " + id + " unpacks to more than " + limits.textBytes() + " bytes");
                }
                out.write(block, 0, n);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            return new byte[0];
        } finally {
            inflater.end();
        }
    }
}
