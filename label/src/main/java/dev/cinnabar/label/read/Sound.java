package dev.cinnabar.label.read;

import java.io.IOException;
import java.util.Optional;

/** The samples of a WAV file, given block by block as the mean of the channels, from -1 to 1. */
final class Sound {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int ALAW = 6;
    private static final int MULAW = 7;
    private static final int EXTENSIBLE = 0xFFFE;

    /**
     * How samples are coded.
     *
     * @param tag the format tag, of the sub-format where the chunk is extensible
     * @param channels at least 1
     * @param rate frames a second
     * @param frameBytes bytes of one frame
     */
    record Coding(int tag, int channels, int rate, int frameBytes) {
        /** The coding of a fmt chunk, where it is one that can be listened to. */
        static Optional<Coding> read(Window file, long at, long length) throws IOException, Damage {
            if (length < 16) {
                return Optional.empty();
            }
            int tag = file.u16le(at);
            if (tag == EXTENSIBLE && length >= 40) {
                tag = file.u16le(at + 24);
            }
            Coding coding = new Coding(
                    tag,
                    file.u16le(at + 2),
                    (int) Math.min(Integer.MAX_VALUE, file.u32le(at + 4)),
                    file.u16le(at + 12));
            return coding.isKnown() ? Optional.of(coding) : Optional.empty();
        }

        int sampleBytes() {
            return frameBytes / channels;
        }

        private boolean isKnown() {
            if (channels < 1 || channels > 256 || rate < 2000 || frameBytes < channels || frameBytes % channels != 0) {
                return false;
            }
            int bytes = sampleBytes();
            return switch (tag) {
                case PCM -> bytes <= 4;
                case FLOAT -> bytes == 4 || bytes == 8;
                case ALAW, MULAW -> bytes == 1;
                default -> false;
            };
        }
    }

    private final Window file;
    private final Coding coding;
    private final long at;
    private final long frames;

    Sound(Window file, Coding coding, long at, long length) {
        this.file = file;
        this.coding = coding;
        this.at = at;
        this.frames = length / coding.frameBytes();
    }

    int rate() {
        return coding.rate();
    }

    /** The number of frames. */
    long frames() {
        return frames;
    }

    /** Fills {@code into} with the frames that begin at {@code from}, which all exist. */
    void mono(long from, float[] into) throws IOException, Damage {
        int width = coding.sampleBytes();
        byte[] raw = file.copy(at + from * coding.frameBytes(), into.length * coding.frameBytes());
        int i = 0;
        for (int frame = 0; frame < into.length; frame++) {
            double sum = 0;
            for (int channel = 0; channel < coding.channels(); channel++, i += width) {
                sum += sample(raw, i, width);
            }
            into[frame] = (float) (sum / coding.channels());
        }
    }

    private double sample(byte[] raw, int i, int width) {
        return switch (coding.tag()) {
            case PCM -> width == 1 ? ((raw[i] & 0xFF) - 128) / 128.0 : integer(raw, i, width);
            case FLOAT ->
                clean(
                        width == 4
                                ? Float.intBitsToFloat((int) little(raw, i, 4))
                                : Double.longBitsToDouble(little(raw, i, 8)));
            case ALAW -> alaw(raw[i]);
            default -> mulaw(raw[i]);
        };
    }

    private static double integer(byte[] raw, int i, int width) {
        int shift = 64 - 8 * width;
        return (little(raw, i, width) << shift >> shift) / (double) (1L << (8 * width - 1));
    }

    private static long little(byte[] raw, int i, int width) {
        long value = 0;
        for (int k = width - 1; k >= 0; k--) {
            value = value << 8 | (raw[i + k] & 0xFF);
        }
        return value;
    }

    private static double clean(double value) {
        return Double.isFinite(value) ? Math.clamp(value, -4.0, 4.0) : 0;
    }

    /** ITU-T G.711 A-law. */
    private static double alaw(byte code) {
        int c = code ^ 0x55;
        int exponent = c >> 4 & 7;
        int mantissa = (c & 0xF) << 4 | 8;
        int magnitude = exponent == 0 ? mantissa : (mantissa | 0x100) << (exponent - 1);
        return ((c & 0x80) != 0 ? magnitude : -magnitude) / 32768.0;
    }

    /** ITU-T G.711 mu-law. */
    private static double mulaw(byte code) {
        int c = ~code;
        int magnitude = (((c & 0xF) << 3 | 0x84) << (c >> 4 & 7)) - 0x84;
        return ((c & 0x80) != 0 ? -magnitude : magnitude) / 32768.0;
    }
}
