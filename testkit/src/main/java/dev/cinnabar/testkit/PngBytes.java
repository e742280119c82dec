package dev.cinnabar.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds PNG files byte by byte: any colour type and depth, interlaced or not, with any chunks before and after the picture. */
public final class PngBytes {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    /** Says a sample of a pixel: channel 0, 1, 2, 3 as the colour type has them. */
    @FunctionalInterface
    public interface Samples {
        int at(int x, int y, int channel);
    }

    private final int width;
    private final int height;
    private int depth = 8;
    private int colour = 2;
    private boolean interlaced;
    private Samples samples;
    private final ByteArrayOutputStream before = new ByteArrayOutputStream();
    private final ByteArrayOutputStream after = new ByteArrayOutputStream();
    private int idatLength = Integer.MAX_VALUE;

    private PngBytes(int width, int height) {
        this.width = width;
        this.height = height;
        this.samples = (x, y, c) -> (x * 5 + y * 3 + c * 40) & 0xFF;
    }

    /** An RGB picture of eight bits with a gradient. */
    public static PngBytes of(int width, int height) {
        return new PngBytes(width, height);
    }

    /** Colour type (0, 2, 3, 4, 6) and bits a sample. */
    public PngBytes kind(int newColour, int newDepth) {
        this.colour = newColour;
        this.depth = newDepth;
        return this;
    }

    /** Adam7. */
    public PngBytes interlaced() {
        this.interlaced = true;
        return this;
    }

    /** The picture. */
    public PngBytes samples(Samples newSamples) {
        this.samples = newSamples;
        return this;
    }

    /** A chunk before the picture. */
    public PngBytes chunk(String type, byte[] data) {
        before.writeBytes(chunkBytes(type, data));
        return this;
    }

    /** A chunk after the picture. */
    public PngBytes late(String type, byte[] data) {
        after.writeBytes(chunkBytes(type, data));
        return this;
    }

    /** Cuts the picture data into chunks of so many bytes. */
    public PngBytes idats(int length) {
        this.idatLength = length;
        return this;
    }

    /** A palette of {@code entries} colours that hold no grey but black. */
    public PngBytes palette(int entries) {
        byte[] plte = new byte[3 * entries];
        for (int i = 0; i < entries; i++) {
            plte[3 * i] = (byte) (i * 255 / Math.max(1, entries - 1));
            plte[3 * i + 1] = (byte) (i * 7);
            plte[3 * i + 2] = (byte) (255 - i);
        }
        return chunk("PLTE", plte);
    }

    /** The file. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        out.writeBytes(chunkBytes("IHDR", header(width, height, depth, colour, interlaced)));
        out.writeBytes(before.toByteArray());
        byte[] packed = deflated(rows());
        for (int at = 0; at < packed.length; at += idatLength) {
            int to = (int) Math.min(packed.length, (long) at + idatLength);
            out.writeBytes(chunkBytes("IDAT", java.util.Arrays.copyOfRange(packed, at, to)));
            if (idatLength == Integer.MAX_VALUE) {
                break;
            }
        }
        out.writeBytes(after.toByteArray());
        out.writeBytes(chunkBytes("IEND", new byte[0]));
        return out.toByteArray();
    }

    /** The data of an IHDR chunk that says what it is told, true or not. */
    public static byte[] header(int width, int height, int depth, int colour, boolean interlaced) {
        byte[] data = new byte[13];
        put(data, 0, width);
        put(data, 4, height);
        data[8] = (byte) depth;
        data[9] = (byte) colour;
        data[12] = (byte) (interlaced ? 1 : 0);
        return data;
    }

    /** A whole chunk: length, letters, data, checksum. */
    public static byte[] chunkBytes(String type, byte[] data) {
        byte[] out = new byte[12 + data.length];
        put(out, 0, data.length);
        System.arraycopy(latin(type), 0, out, 4, 4);
        System.arraycopy(data, 0, out, 8, data.length);
        CRC32 crc = new CRC32();
        crc.update(out, 4, 4 + data.length);
        put(out, 8 + data.length, (int) crc.getValue());
        return out;
    }

    /** The data of a tEXt chunk. */
    public static byte[] text(String keyword, String text) {
        return joined(latin(keyword), new byte[1], text.getBytes(StandardCharsets.UTF_8));
    }

    /** The data of a zTXt chunk. */
    public static byte[] packedText(String keyword, byte[] text) {
        return joined(latin(keyword), new byte[2], deflated(text));
    }

    /** The data of an iTXt chunk. */
    public static byte[] internationalText(String keyword, String text, boolean packed) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] flags = {(byte) (packed ? 1 : 0), 0, 0, 0};
        return joined(latin(keyword), new byte[1], flags, packed ? deflated(utf8) : utf8);
    }

    /** Bytes packed as zlib does. */
    public static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private byte[] rows() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!interlaced) {
            pass(out, 0, 0, 1, 1);
        } else {
            for (int[] p : ADAM7) {
                pass(out, p[0], p[1], p[2], p[3]);
            }
        }
        return out.toByteArray();
    }

    private void pass(ByteArrayOutputStream out, int x0, int y0, int dx, int dy) {
        int channels = channels();
        int pixels = (width - x0 + dx - 1) / dx;
        if (pixels <= 0) {
            return;
        }
        byte[] above = new byte[(pixels * channels * depth + 7) / 8];
        int number = 0;
        for (int y = y0; y < height; y += dy) {
            byte[] row = new byte[above.length];
            int bit = 0;
            for (int x = x0; x < width; x += dx) {
                for (int c = 0; c < channels; c++) {
                    set(row, bit, samples.at(x, y, c));
                    bit += depth;
                }
            }
            // the filters None, Sub and Up in turn, so that readers meet several
            int kind = number++ % 3;
            int step = Math.max(1, channels * depth / 8);
            out.write(kind);
            for (int i = 0; i < row.length; i++) {
                int left = i >= step ? row[i - step] : 0;
                out.write(row[i] - (kind == 1 ? left : kind == 2 ? above[i] : 0));
            }
            above = row;
        }
    }

    private void set(byte[] row, int bit, int sample) {
        if (depth == 16) {
            row[bit / 8] = (byte) (sample >> 8);
            row[bit / 8 + 1] = (byte) sample;
        } else {
            int value = sample & ((1 << depth) - 1);
            row[bit / 8] |= (byte) (value << (8 - depth - bit % 8));
        }
    }

    private int channels() {
        return switch (colour) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    private static void put(byte[] out, int at, int value) {
        for (int i = 0; i < 4; i++) {
            out[at + i] = (byte) (value >> (24 - 8 * i));
        }
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
