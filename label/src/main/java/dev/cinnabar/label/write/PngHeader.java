package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Limits;

/**
 * What a PNG's IHDR says.
 *
 * @param colour the colour type: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
 */
record PngHeader(int width, int height, int depth, int colour, boolean interlaced) {
    private static final int LONGEST_SIDE = 1 << 18;

    /** Reads the 13 bytes; refuses what is not a picture of the standard or is larger than the limits. */
    static PngHeader read(byte[] data, Limits limits) throws Refusal {
        if (data.length != 13) {
            throw new Refusal(Fault.UNREADABLE, "its header has " + data.length + " bytes");
        }
        long width = number(data, 0);
        long height = number(data, 4);
        PngHeader header = new PngHeader((int) width, (int) height, data[8], data[9], data[12] == 1);
        boolean known = data[10] == 0 && data[11] == 0 && (data[12] == 0 || data[12] == 1);
        if (width == 0 || height == 0 || !known || !header.isLegal()) {
            throw new Refusal(Fault.UNREADABLE, "its header names no picture of the standard");
        }
        if (width > LONGEST_SIDE || height > LONGEST_SIDE || width * height > limits.pixels()) {
            throw new Refusal(Fault.TOO_LARGE, width + " x " + height + " pixels");
        }
        return header;
    }

    private static long number(byte[] data, int at) {
        return (data[at] & 0xFFL) << 24
                | (data[at + 1] & 0xFF) << 16
                | (data[at + 2] & 0xFF) << 8
                | (data[at + 3] & 0xFF);
    }

    private boolean isLegal() {
        return switch (colour) {
            case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case 2, 4, 6 -> depth == 8 || depth == 16;
            default -> false;
        };
    }

    /** The header of the same picture in other pixels. */
    PngHeader with(int newDepth, int newColour) {
        return new PngHeader(width, height, newDepth, newColour, interlaced);
    }

    /** The header of a frame of an animation. */
    PngHeader sized(int newWidth, int newHeight) {
        return new PngHeader(newWidth, newHeight, depth, colour, interlaced);
    }

    int channels() {
        return switch (colour) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    int bitsPerPixel() {
        return channels() * depth;
    }

    /** The largest value of a sample. */
    int most() {
        return (1 << depth) - 1;
    }

    /** Bytes of a row of so many pixels. */
    int rowBytes(int pixels) {
        return Math.toIntExact(((long) pixels * bitsPerPixel() + 7) / 8);
    }

    /** One sample of a row. */
    int sample(byte[] row, int pixel, int channel) {
        int i = pixel * channels() + channel;
        if (depth == 8) {
            return row[i] & 0xFF;
        }
        if (depth == 16) {
            return (row[2 * i] & 0xFF) << 8 | (row[2 * i + 1] & 0xFF);
        }
        int bit = i * depth;
        return (row[bit >> 3] & 0xFF) >> (8 - depth - (bit & 7)) & most();
    }

    /** Sets one sample of a row. */
    void set(byte[] row, int pixel, int channel, int value) {
        int i = pixel * channels() + channel;
        if (depth == 8) {
            row[i] = (byte) value;
        } else if (depth == 16) {
            row[2 * i] = (byte) (value >> 8);
            row[2 * i + 1] = (byte) value;
        } else {
            int bit = i * depth;
            int shift = 8 - depth - (bit & 7);
            row[bit >> 3] = (byte) ((row[bit >> 3] & ~(most() << shift)) | value << shift);
        }
    }

    /** The chunk. */
    byte[] bytes() {
        byte[] data = new byte[13];
        PngChunk.put(data, 0, width);
        PngChunk.put(data, 4, height);
        data[8] = (byte) depth;
        data[9] = (byte) colour;
        data[12] = (byte) (interlaced ? 1 : 0);
        return PngChunk.bytes("IHDR", data);
    }
}
