package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Limits;
import java.io.IOException;
import java.util.List;

/**
 * What a JPEG's frame header says, and how its components are to be understood.
 *
 * @param progressive whether the frame is progressive
 * @param ink what the components mean
 */
record JpegFrame(int width, int height, boolean progressive, Ink ink) {
    /** The meaning of components. */
    enum Ink {
        GREY,
        YCC,
        RGB,
        /** Four inks, 255 for none, as Adobe writes them. */
        CMYK_INVERTED,
        /** Four inks, the first three as YCC, 255 for none. */
        YCCK,
        /** Four inks, 0 for none. */
        CMYK;

        /** The components of white (true) or black. */
        int[] components(boolean white) {
            int v = white ? 255 : 0;
            return switch (this) {
                case GREY -> new int[] {v};
                case YCC -> new int[] {v, 128, 128};
                case RGB -> new int[] {v, v, v};
                case CMYK_INVERTED -> new int[] {255, 255, 255, v};
                case YCCK -> new int[] {255, 128, 128, v};
                case CMYK -> new int[] {0, 0, 0, 255 - v};
            };
        }

        /** Red, green and blue, near enough to measure contrast. */
        int[] rgb(int[] c) {
            return switch (this) {
                case GREY -> new int[] {c[0], c[0], c[0]};
                case RGB -> new int[] {c[0], c[1], c[2]};
                case YCC -> ycc(c, 255);
                case YCCK -> ycc(c, c[3]);
                case CMYK_INVERTED -> new int[] {c[0] * c[3] / 255, c[1] * c[3] / 255, c[2] * c[3] / 255};
                case CMYK ->
                    new int[] {
                        (255 - c[0]) * (255 - c[3]) / 255,
                        (255 - c[1]) * (255 - c[3]) / 255,
                        (255 - c[2]) * (255 - c[3]) / 255
                    };
            };
        }

        private static int[] ycc(int[] c, int black) {
            double cb = c[1] - 128.0;
            double cr = c[2] - 128.0;
            return new int[] {
                byteOf(c[0] + 1.402 * cr) * black / 255,
                byteOf(c[0] - 0.344136 * cb - 0.714136 * cr) * black / 255,
                byteOf(c[0] + 1.772 * cb) * black / 255
            };
        }

        private static int byteOf(double value) {
            return (int) Math.clamp(Math.round(value), 0L, 255L);
        }
    }

    private static final int LONGEST_SIDE = 65535;

    /** Reads the frame header; refuses codings that cannot be decoded here, and pictures larger than the limits. */
    static JpegFrame of(Input file, List<JpegSegment> segments, Limits limits) throws IOException, Refusal {
        checkTables(file, segments);
        for (JpegSegment segment : segments) {
            int m = segment.marker();
            boolean frame = m >= 0xC0 && m <= 0xCF && m != 0xC4 && m != 0xC8 && m != 0xCC;
            if (frame) {
                return read(file, segment, segments, limits);
            }
        }
        throw new Refusal(Fault.UNREADABLE, "it has no frame header");
    }

    private static JpegFrame read(Input file, JpegSegment frame, List<JpegSegment> segments, Limits limits)
            throws IOException, Refusal {
        if (frame.marker() > 0xC2) {
            throw new Refusal(
                    Fault.CODING, "lossless, hierarchical or arithmetic JPEG (SOF" + (frame.marker() - 0xC0) + ")");
        }
        int precision = file.byteAt(frame.dataAt());
        if (precision != 8) {
            throw new Refusal(Fault.CODING, precision + " bits a sample");
        }
        int height = (int) file.big(frame.dataAt() + 1, 2);
        int width = (int) file.big(frame.dataAt() + 3, 2);
        int components = file.byteAt(frame.dataAt() + 5);
        if (width == 0 || height == 0 || frame.length() < 6 + 3 * components) {
            throw new Refusal(Fault.UNREADABLE, "its frame header names no picture");
        }
        if ((long) width * height > limits.pixels() || Math.max(width, height) > LONGEST_SIDE) {
            throw new Refusal(Fault.TOO_LARGE, width + " x " + height + " pixels");
        }
        return new JpegFrame(width, height, frame.marker() == 0xC2, ink(file, frame, components, segments));
    }

    /**
     * Refuses quantisation tables that hold a zero or are cut off. The JDK's coder divides by them in native code, where a zero ends the whole process.
     */
    private static void checkTables(Input file, List<JpegSegment> segments) throws IOException, Refusal {
        for (JpegSegment segment : segments) {
            if (segment.marker() == 0xDB) {
                checkTables(file, segment);
            }
        }
    }

    private static void checkTables(Input file, JpegSegment segment) throws IOException, Refusal {
        long end = segment.end();
        for (long at = segment.dataAt(); at < end; ) {
            int width = file.byteAt(at) >> 4 == 0 ? 1 : 2;
            if (at + 1 + 64L * width > end) {
                throw Refusal.broken(at, "a quantisation table is cut off");
            }
            for (int i = 0; i < 64; i++) {
                if (file.big(at + 1 + (long) i * width, width) == 0) {
                    throw Refusal.broken(at, "a quantisation table holds a zero");
                }
            }
            at += 1 + 64L * width;
        }
    }

    private static Ink ink(Input file, JpegSegment frame, int components, List<JpegSegment> segments)
            throws IOException, Refusal {
        int transform = adobe(file, segments);
        return switch (components) {
            case 1 -> Ink.GREY;
            case 3 -> {
                boolean named = file.byteAt(frame.dataAt() + 6) == 'R'
                        && file.byteAt(frame.dataAt() + 9) == 'G'
                        && file.byteAt(frame.dataAt() + 12) == 'B';
                yield transform == 0 || (transform < 0 && named) ? Ink.RGB : Ink.YCC;
            }
            case 4 -> transform < 0 ? Ink.CMYK : transform == 2 ? Ink.YCCK : Ink.CMYK_INVERTED;
            default -> throw new Refusal(Fault.CODING, components + " components");
        };
    }

    /** The transform of the Adobe segment; -1 without one. */
    private static int adobe(Input file, List<JpegSegment> segments) throws IOException, Refusal {
        for (JpegSegment segment : segments) {
            if (segment.marker() == JpegSegment.APP14 && segment.length() >= 12 && segment.startsWith(file, "Adobe")) {
                return file.byteAt(segment.dataAt() + 11);
            }
        }
        return -1;
    }
}
