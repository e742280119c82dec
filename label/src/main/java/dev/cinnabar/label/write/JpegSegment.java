package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One segment of a JPEG file: its marker's second byte, where it begins (at the marker), and how many bytes of payload it has. */
record JpegSegment(int marker, long at, int length) {
    static final int APP0 = 0xE0;
    static final int APP1 = 0xE1;
    static final int APP2 = 0xE2;
    static final int APP11 = 0xEB;
    static final int APP14 = 0xEE;
    static final int COM = 0xFE;
    static final int SOS = 0xDA;
    static final int EOI = 0xD9;

    /** The longest payload of a segment. */
    static final int LONGEST = 65533;

    long dataAt() {
        return at + 4;
    }

    long end() {
        return at + 4 + length;
    }

    boolean isApplication() {
        return (marker >= APP0 && marker <= 0xEF) || marker == COM;
    }

    boolean startsWith(Input file, String text) throws IOException, Refusal {
        return length >= text.length() && file.latin(dataAt(), text.length()).equals(text);
    }

    /** The segments before the first scan, the scan's own header last; refuses a file whose structure does not hold. */
    static List<JpegSegment> of(Input file, Job job) throws IOException, Refusal {
        List<JpegSegment> segments = new ArrayList<>();
        for (long at = 2; ; ) {
            if (file.byteAt(at) != 0xFF) {
                throw Refusal.broken(at, "no segment begins where one should");
            }
            int marker = file.byteAt(at + 1);
            if (marker == 0xFF) {
                at++;
                continue;
            }
            if (marker == EOI) {
                throw Refusal.broken(at, "it has no scan");
            }
            if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
                at += 2;
                continue;
            }
            int length = (int) file.big(at + 2, 2);
            if (length < 2 || at + 2 + length > file.size()) {
                throw Refusal.broken(at, "a segment claims " + length + " bytes");
            }
            if (segments.size() >= job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " segments");
            }
            segments.add(new JpegSegment(marker, at, length - 2));
            if (marker == SOS) {
                return segments;
            }
            at += 2 + length;
        }
    }

    /** A whole segment as bytes. */
    static byte[] bytes(int marker, byte[]... payload) {
        int length = 0;
        for (byte[] part : payload) {
            length += part.length;
        }
        byte[] out = new byte[4 + length];
        out[0] = (byte) 0xFF;
        out[1] = (byte) marker;
        out[2] = (byte) ((length + 2) >> 8);
        out[3] = (byte) (length + 2);
        int at = 4;
        for (byte[] part : payload) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }
}
