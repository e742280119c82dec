package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;

/** Finds where the scans of a JPEG end. */
final class JpegScans {
    private static final int DQT = 0xDB;
    private static final int BLOCK = 1 << 16;

    /** A picture of a few thousand scans is made to keep decoders busy, not to be seen. */
    private static final int MOST_SCANS = 200;

    private JpegScans() {}

    /** The byte behind the end marker that follows the scans; {@code from} is where the first scan's header begins. */
    static long end(Input file, long from) throws IOException, Refusal {
        int scans = 0;
        for (long at = from; ; ) {
            long marker = marker(file, at);
            int code = file.byteAt(marker + 1);
            if (code == JpegSegment.EOI) {
                return marker + 2;
            }
            if (code == JpegSegment.SOS && ++scans > MOST_SCANS) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + MOST_SCANS + " scans");
            }
            if (code == DQT) {
                throw new Refusal(Fault.CODING, "its quantisation tables change between scans");
            }
            at = marker + 2 + Math.max(2, file.big(marker + 2, 2));
        }
    }

    /** The next marker that is neither stuffing nor a restart. */
    private static long marker(Input file, long from) throws IOException, Refusal {
        byte[] block = new byte[BLOCK];
        for (long at = from; ; ) {
            int n = file.read(at, block, 0, BLOCK);
            if (n < 2) {
                throw new Refusal(Fault.UNREADABLE, "its picture data is cut off");
            }
            for (int i = 0; i + 1 < n; i++) {
                int code = block[i + 1] & 0xFF;
                boolean restart = code >= 0xD0 && code <= 0xD7;
                if (block[i] == (byte) 0xFF && code != 0 && code != 0xFF && !restart) {
                    return at + i;
                }
            }
            at += n - 1;
        }
    }
}
