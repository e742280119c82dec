package dev.cinnabar.label.read;

import dev.cinnabar.label.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks the streams of PDF files that hold structure or metadata: Flate, with the predictors of PNG, or nothing. */
final class PdfFilter {
    /** Structure and metadata are small; a heap of 64 MB must bear several copies of the largest stream that is unpacked. */
    private static final long MOST = 4 << 20;

    private PdfFilter() {}

    static long most(Limits limits) {
        return Math.min(MOST, limits.textBytes());
    }

    static String decoded(byte[] packed, PdfValue.Dict dict, Limits limits) throws Damage {
        Optional<PdfValue> filter = single(dict.get("Filter"));
        if (filter.isEmpty()) {
            return new String(packed, StandardCharsets.ISO_8859_1);
        }
        if (!PdfFile.name(filter).equals("FlateDecode")) {
            throw Damage.at(
                    0,
                    "a stream of the PDF file is packed by "
                            + LabelText.shortened(filter.get().toString()));
        }
        byte[] out = inflated(packed, limits);
        Optional<PdfValue> parameters = single(dict.get("DecodeParms"));
        if (parameters.isPresent() && parameters.get() instanceof PdfValue.Dict parms) {
            long predictor = parms.get("Predictor").map(PdfFile::number).orElse(1L);
            if (predictor >= 10) {
                out = unpredicted(out, parms.get("Columns").map(PdfFile::number).orElse(1L));
            } else if (predictor != 1) {
                throw Damage.at(0, "a stream of the PDF file uses the predictor " + predictor);
            }
        }
        return new String(out, StandardCharsets.ISO_8859_1);
    }

    /** A value, or the one in an array of one; empty without any. */
    private static Optional<PdfValue> single(Optional<PdfValue> value) {
        if (value.isPresent() && value.get() instanceof PdfValue.Arr array) {
            return array.items().size() == 1
                    ? Optional.of(array.items().getFirst())
                    : array.items().isEmpty() ? Optional.empty() : value;
        }
        return value;
    }

    private static byte[] inflated(byte[] packed, Limits limits) throws Damage {
        Inflater inflater = new Inflater();
        inflater.setInput(packed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[8192];
        try {
            while (!inflater.finished()) {
                int n = inflater.inflate(block);
                if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw Damage.at(0, "a packed stream of the PDF file ends early");
                }
                out.write(block, 0, n);
                if (out.size() > most(limits)) {
                    throw Damage.limit("a stream of the PDF file unpacks to more than " + most(limits) + " bytes");
                }
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw Damage.at(0, "a packed stream of the PDF file cannot be unpacked");
        } finally {
            inflater.end();
        }
    }

    /** Undoes the row filters of PNG, for rows of one-byte samples. */
    private static byte[] unpredicted(byte[] rows, long columns) throws Damage {
        if (columns < 1 || columns > 1 << 20) {
            throw Damage.at(0, "a stream of the PDF file has rows of " + columns + " bytes");
        }
        int width = (int) columns;
        byte[] out = new byte[rows.length / (width + 1) * width];
        byte[] above = new byte[width];
        for (int row = 0; row < rows.length / (width + 1); row++) {
            int from = row * (width + 1);
            byte[] line = new byte[width];
            for (int i = 0; i < width; i++) {
                int left = i == 0 ? 0 : line[i - 1] & 0xFF;
                int corner = i == 0 ? 0 : above[i - 1] & 0xFF;
                int guess = switch (rows[from]) {
                    case 0 -> 0;
                    case 1 -> left;
                    case 2 -> above[i] & 0xFF;
                    case 3 -> (left + (above[i] & 0xFF)) / 2;
                    case 4 -> paeth(left, above[i] & 0xFF, corner);
                    default -> throw Damage.at(0, "a stream of the PDF file uses an unknown row filter");
                };
                line[i] = (byte) (rows[from + 1 + i] + guess);
            }
            System.arraycopy(line, 0, out, row * width, width);
            above = line;
        }
        return out;
    }

    private static int paeth(int left, int up, int corner) {
        int guess = left + up - corner;
        int byLeft = Math.abs(guess - left);
        int byUp = Math.abs(guess - up);
        int byCorner = Math.abs(guess - corner);
        return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
    }
}
