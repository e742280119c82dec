package dev.cinnabar.label.write;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The rows of a PNG picture one after another, unpacked and unfiltered, in the memory of two rows. */
final class PngRows {
    /** A stretch of the file that holds packed rows. */
    record Stretch(long from, long length) {}

    /** Takes the rows in order. */
    @FunctionalInterface
    interface Taker {
        /**
         * Takes one row.
         *
         * @param packed the row as it was filtered, its filter's number first
         * @param row the row itself, to be read only
         */
        void take(PngPass pass, int number, byte[] packed, byte[] row) throws IOException;
    }

    private final Input file;
    private final PngHeader header;
    private final List<Stretch> stretches;

    PngRows(Input file, PngHeader header, List<Stretch> stretches) {
        this.file = file;
        this.header = header;
        this.stretches = stretches;
    }

    /** Gives every row to the taker; refuses where the data ends too early or cannot be unpacked. */
    void each(Taker taker) throws IOException, Refusal {
        try (InputStream packed = new InflaterInputStream(new Joined())) {
            for (PngPass pass : PngPass.of(header)) {
                rows(packed, pass, taker);
            }
        } catch (ZipException | EOFException e) {
            throw new Refusal(dev.cinnabar.label.Fault.UNREADABLE, "its picture data is cut off or cannot be unpacked");
        }
    }

    private void rows(InputStream in, PngPass pass, Taker taker) throws IOException, Refusal {
        int bytes = header.rowBytes(pass.width());
        int step = Math.max(1, header.bitsPerPixel() / 8);
        byte[] packed = new byte[bytes + 1];
        byte[] row = new byte[bytes];
        byte[] above = new byte[bytes];
        for (int number = 0; number < pass.height(); number++) {
            if (in.readNBytes(packed, 0, packed.length) < packed.length) {
                throw new EOFException();
            }
            unfilter(packed, row, above, step);
            taker.take(pass, number, packed, row);
            byte[] swap = above;
            above = row;
            row = swap;
        }
    }

    private static void unfilter(byte[] packed, byte[] row, byte[] above, int step) throws Refusal {
        int n = row.length;
        switch (packed[0]) {
            case 0 -> System.arraycopy(packed, 1, row, 0, n);
            case 1 -> {
                for (int i = 0; i < n; i++) {
                    row[i] = (byte) (packed[i + 1] + (i >= step ? row[i - step] : 0));
                }
            }
            case 2 -> {
                for (int i = 0; i < n; i++) {
                    row[i] = (byte) (packed[i + 1] + above[i]);
                }
            }
            case 3 -> {
                for (int i = 0; i < n; i++) {
                    int left = i >= step ? row[i - step] & 0xFF : 0;
                    row[i] = (byte) (packed[i + 1] + ((left + (above[i] & 0xFF)) >> 1));
                }
            }
            case 4 -> {
                for (int i = 0; i < n; i++) {
                    row[i] = (byte) (packed[i + 1] + predicted(row, above, i, step));
                }
            }
            default -> throw new Refusal(dev.cinnabar.label.Fault.UNREADABLE, "a row has the filter " + packed[0]);
        }
    }

    /** Filters a row with the filter {@code kind}; {@code out} has its number first. */
    static void filter(int kind, byte[] row, byte[] above, int step, byte[] out) {
        out[0] = (byte) kind;
        for (int i = 0; i < row.length; i++) {
            int left = i >= step ? row[i - step] & 0xFF : 0;
            int predicted = switch (kind) {
                case 1 -> left;
                case 2 -> above[i];
                case 3 -> (left + (above[i] & 0xFF)) >> 1;
                case 4 -> predicted(row, above, i, step);
                default -> 0;
            };
            out[i + 1] = (byte) (row[i] - predicted);
        }
    }

    /** The Paeth predictor. */
    private static int predicted(byte[] row, byte[] above, int i, int step) {
        int a = i >= step ? row[i - step] & 0xFF : 0;
        int b = above[i] & 0xFF;
        int c = i >= step ? above[i - step] & 0xFF : 0;
        int pa = Math.abs(b - c);
        int pb = Math.abs(a - c);
        int pc = Math.abs(a + b - 2 * c);
        if (pa <= pb && pa <= pc) {
            return a;
        }
        return pb <= pc ? b : c;
    }

    /** The stretches as one stream. */
    private final class Joined extends InputStream {
        private int current;
        private long within;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            while (current < stretches.size()
                    && within >= stretches.get(current).length()) {
                current++;
                within = 0;
            }
            if (current == stretches.size()) {
                return -1;
            }
            Stretch stretch = stretches.get(current);
            int n = file.read(stretch.from() + within, into, offset, (int) Math.min(length, stretch.length() - within));
            within += n;
            return n <= 0 ? -1 : n;
        }
    }
}
