package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/** Unpacks a stream of a PDF file: Flate, with the predictors of PNG, or nothing. Refuses any other packing. */
final class PdfUnpacked {
    /** Structure and metadata are small; a heap of 64 MB must bear several copies of the largest stream that is unpacked. */
    private static final long MOST = 4 << 20;

    private PdfUnpacked() {}

    static long most(Job job) {
        return Math.min(MOST, job.limits().textBytes());
    }

    static byte[] of(byte[] packed, PdfSpans dict, Job job) throws Refusal {
        String filter = single(dict.raw("Filter"));
        if (filter.isEmpty()) {
            return packed;
        }
        if (!filter.equals("/FlateDecode")) {
            throw new Refusal(Fault.UNREADABLE, "a stream that must be read is packed by " + shortened(filter));
        }
        byte[] out = inflated(packed, most(job));
        Optional<PdfSpans> parameters = PdfSpans.ofRaw(Optional.of(single(dict.raw("DecodeParms"))));
        long predictor =
                parameters.isEmpty() || parameters.get().raw("Predictor").isEmpty()
                        ? 1
                        : parameters.get().number("Predictor");
        if (predictor == 1) {
            return out;
        }
        long columns = parameters.orElseThrow().raw("Columns").isEmpty()
                ? 1
                : parameters.orElseThrow().number("Columns");
        if (predictor < 10 || columns < 1 || columns > 1 << 20) {
            throw new Refusal(
                    Fault.UNREADABLE, "a stream uses the predictor " + predictor + " on " + columns + " columns");
        }
        return unfiltered(out, (int) columns);
    }

    private static String single(Optional<String> raw) throws Refusal {
        List<String> items = PdfSpans.items(raw.orElse(""));
        return items.size() == 1
                ? items.getFirst()
                : raw.filter(value -> !value.matches("\\[\\s*\\]")).orElse("");
    }

    private static byte[] inflated(byte[] packed, long most) throws Refusal {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[8192];
        try (InputStream in = new InflaterInputStream(new java.io.ByteArrayInputStream(packed))) {
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                out.write(block, 0, n);
                if (out.size() > most) {
                    throw new Refusal(Fault.TOO_LARGE, "a stream unpacks to more than " + most + " bytes");
                }
            }
        } catch (IOException e) {
            throw new Refusal(Fault.UNREADABLE, "a packed stream is damaged");
        }
        return out.toByteArray();
    }

    private static byte[] unfiltered(byte[] rows, int columns) throws Refusal {
        int count = rows.length / (columns + 1);
        byte[] out = new byte[count * columns];
        for (int i = 0; i < out.length; i++) {
            int row = i / columns;
            int left = i % columns == 0 ? 0 : out[i - 1] & 0xFF;
            int up = row == 0 ? 0 : out[i - columns] & 0xFF;
            int corner = row == 0 || i % columns == 0 ? 0 : out[i - columns - 1] & 0xFF;
            int raw = rows[i + row + 1];
            out[i] = (byte) (raw
                    + switch (rows[row * (columns + 1)]) {
                        case 0 -> 0;
                        case 1 -> left;
                        case 2 -> up;
                        case 3 -> (left + up) >> 1;
                        case 4 -> nearest(left, up, corner);
                        default -> throw new Refusal(Fault.UNREADABLE, "a stream uses an unknown row filter");
                    });
        }
        return out;
    }

    private static int nearest(int left, int up, int corner) {
        int toLeft = Math.abs(up - corner);
        int toUp = Math.abs(left - corner);
        int toCorner = Math.abs(left + up - 2 * corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
