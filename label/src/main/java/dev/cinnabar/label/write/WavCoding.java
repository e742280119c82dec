package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a WAV file codes its samples, and sound coded so.
 *
 * @param tag 1 PCM, 3 float, 6 A-law, 7 mu-law
 * @param channels at least 1
 * @param rate frames a second
 * @param frameBytes bytes of one frame
 * @param bits the bits of a sample that count
 */
record WavCoding(int tag, int channels, int rate, int frameBytes, int bits) {
    private static final int EXTENSIBLE = 0xFFFE;

    /** Reads a fmt chunk; refuses codings that sound cannot be added to without coding the whole again. */
    static WavCoding read(Input file, WavLayout.Chunk fmt) throws IOException, Refusal {
        if (fmt.length() < 16) {
            throw Refusal.broken(fmt.at(), "the chunk fmt has " + fmt.length() + " bytes");
        }
        long at = fmt.dataAt();
        int tag = (int) file.little(at, 2);
        if (tag == EXTENSIBLE && fmt.length() >= 40) {
            tag = (int) file.little(at + 24, 2);
        }
        WavCoding coding = new WavCoding(
                tag,
                (int) file.little(at + 2, 2),
                (int) Math.min(Integer.MAX_VALUE, file.little(at + 4, 4)),
                (int) file.little(at + 12, 2),
                (int) file.little(at + 14, 2));
        coding.check();
        return coding;
    }

    private void check() throws Refusal {
        int width = channels == 0 || frameBytes % channels != 0 ? 0 : frameBytes / channels;
        boolean known = switch (tag) {
            case 1 -> width >= 1 && width <= 4;
            case 3 -> width == 4 || width == 8;
            case 6, 7 -> width == 1;
            default -> false;
        };
        if (!known) {
            throw new Refusal(Fault.CODING, "WAV format " + tag + ", " + bits + " bits, " + channels + " channels");
        }
        if (rate < 4000 || rate > 768_000) {
            throw new Refusal(Fault.CODING, rate + " samples a second");
        }
    }

    /** Samples from -1 to 1, the same on every channel, in this coding. */
    byte[] coded(float[] samples) {
        int width = frameBytes / channels;
        ByteBuffer out = ByteBuffer.allocate(samples.length * frameBytes).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : samples) {
            for (int channel = 0; channel < channels; channel++) {
                put(out, sample, width);
            }
        }
        return out.array();
    }

    private void put(ByteBuffer out, float sample, int width) {
        switch (tag) {
            case 3 -> {
                if (width == 4) {
                    out.putFloat(sample);
                } else {
                    out.putDouble(sample);
                }
            }
            case 6 -> out.put(alaw(Math.round(sample * 32767)));
            case 7 -> out.put(mulaw(Math.round(sample * 32767)));
            default -> {
                if (width == 1) {
                    out.put((byte) (128 + Math.round(sample * 127)));
                } else {
                    long value = Math.round(sample * (double) ((1L << (8 * width - 1)) - 1));
                    for (int i = 0; i < width; i++) {
                        out.put((byte) (value >> (8 * i)));
                    }
                }
            }
        }
    }

    /** ITU-T G.711 A-law of a 16-bit sample. */
    private static byte alaw(int sample) {
        int sign = sample >= 0 ? 0x80 : 0;
        int magnitude = Math.min(32635, sample >= 0 ? sample : -sample - 1);
        int code;
        if (magnitude < 256) {
            code = magnitude >> 4;
        } else {
            int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
            code = exponent << 4 | (magnitude >> (exponent + 3) & 0xF);
        }
        return (byte) ((code | sign) ^ 0x55);
    }

    /** ITU-T G.711 mu-law of a 16-bit sample. */
    private static byte mulaw(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(32635, Math.abs(sample)) + 0x84;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        return (byte) ~(sign | exponent << 4 | (magnitude >> (exponent + 3) & 0xF));
    }
}
