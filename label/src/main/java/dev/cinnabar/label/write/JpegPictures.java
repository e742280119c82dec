package dev.cinnabar.label.write;

import java.io.IOException;
import java.util.List;

/** The table of further pictures behind the first one (Multi-Picture Format, CIPA DC-007): its offsets count from the table itself, and must follow when bytes behind it move. */
final class JpegPictures {
    private static final int ENTRIES = 0xB002;
    private static final int ENTRY = 16;

    private JpegPictures() {}

    /** Adds the edits that keep the table right after the edits planned so far. */
    static void keepOffsets(Input file, List<JpegSegment> segments, EditPlan.Edits edits) throws IOException, Refusal {
        for (JpegSegment segment : segments) {
            if (segment.marker() == JpegSegment.APP2 && segment.length() > 16 && segment.startsWith(file, "MPF\0")) {
                long all = edits.growth();
                long behind = edits.growthFrom(segment.end());
                if (all != 0) {
                    table(file, segment, all, behind, edits);
                }
                return;
            }
        }
    }

    private static void table(Input file, JpegSegment segment, long all, long behind, EditPlan.Edits edits)
            throws IOException, Refusal {
        long tiff = segment.dataAt() + 4;
        boolean little = file.latin(tiff, 2).equals("II");
        long directory = tiff + number(file, tiff + 4, 4, little);
        if (directory + 2 > segment.end()) {
            return;
        }
        long count = number(file, directory, 2, little);
        for (int i = 0; i < count && directory + 14 + 12L * i <= segment.end(); i++) {
            long entry = directory + 2 + 12L * i;
            if (number(file, entry, 2, little) == ENTRIES) {
                long from = tiff + number(file, entry + 8, 4, little);
                long pictures = number(file, entry + 4, 4, little) / ENTRY;
                entries(file, segment, from, pictures, all, behind, little, edits);
            }
        }
    }

    private static void entries(
            Input file,
            JpegSegment segment,
            long from,
            long pictures,
            long all,
            long behind,
            boolean little,
            EditPlan.Edits edits)
            throws IOException, Refusal {
        for (long k = 0; k < pictures && from + ENTRY * (k + 1) <= segment.end(); k++) {
            long size = from + ENTRY * k + 4;
            long offset = number(file, size + 4, 4, little);
            if (offset == 0) {
                edits.replace(size, size + 4, bytes(number(file, size, 4, little) + all, little));
            } else if (behind != 0) {
                edits.replace(size + 4, size + 8, bytes(offset + behind, little));
            }
        }
    }

    private static long number(Input file, long at, int count, boolean little) throws IOException, Refusal {
        return little ? file.little(at, count) : file.big(at, count);
    }

    private static byte[] bytes(long value, boolean little) {
        byte[] out = new byte[4];
        for (int i = 0; i < 4; i++) {
            out[i] = (byte) (value >> (little ? 8 * i : 24 - 8 * i));
        }
        return out;
    }
}
