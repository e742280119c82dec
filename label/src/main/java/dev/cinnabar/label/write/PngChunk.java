package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** One chunk of a PNG file: its four letters, where it begins (at its length field), and how many bytes of data it has. */
record PngChunk(String type, long at, int length) {
    long dataAt() {
        return at + 8;
    }

    long end() {
        return at + 12 + length;
    }

    /** The chunks up to IEND; refuses a file whose structure does not hold. */
    static List<PngChunk> of(Input file, Job job) throws IOException, Refusal {
        List<PngChunk> chunks = new ArrayList<>();
        for (long at = 8; ; ) {
            if (chunks.size() >= job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " chunks");
            }
            long length = file.big(at, 4);
            String type = file.latin(at + 4, 4);
            if (length > Integer.MAX_VALUE || length > file.size() - at - 12) {
                throw Refusal.broken(at, "a chunk claims " + length + " bytes, more than the file has");
            }
            PngChunk chunk = new PngChunk(type, at, (int) length);
            chunks.add(chunk);
            at = chunk.end();
            if (type.equals("IEND")) {
                return chunks;
            }
        }
    }

    /** The data, where it is no longer than texts may be. */
    byte[] data(Input file, Job job) throws IOException, Refusal {
        if (length > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "the chunk " + type + " has " + length + " bytes");
        }
        return file.stretch(dataAt(), length);
    }

    /** A whole chunk as bytes: length, letters, data, checksum. */
    static byte[] bytes(String type, byte[] data) {
        byte[] out = new byte[12 + data.length];
        put(out, 0, data.length);
        System.arraycopy(type.getBytes(StandardCharsets.ISO_8859_1), 0, out, 4, 4);
        System.arraycopy(data, 0, out, 8, data.length);
        CRC32 crc = new CRC32();
        crc.update(out, 4, 4 + data.length);
        put(out, 8 + data.length, (int) crc.getValue());
        return out;
    }

    static void put(byte[] out, int at, int value) {
        out[at] = (byte) (value >> 24);
        out[at + 1] = (byte) (value >> 16);
        out[at + 2] = (byte) (value >> 8);
        out[at + 3] = (byte) value;
    }
}
