package dev.cinnabar.label.write;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Packs a picture again with a mark in it. Rows that the mark does not touch keep their filter and their bytes. */
final class PngRecode {
    private final Input file;
    private final PngTarget target;
    private final List<PngRows.Stretch> stretches;
    private final Mark mark;
    private final int offsetX;
    private final int offsetY;

    /** A picture (or a frame of an animation, whose pixel 0,0 stands at the offsets). */
    PngRecode(Input file, PngTarget target, List<PngRows.Stretch> stretches, Mark mark, int offsetX, int offsetY) {
        this.file = file;
        this.target = target;
        this.stretches = stretches;
        this.mark = mark;
        this.offsetX = offsetX;
        this.offsetY = offsetY;
    }

    /** Writes the packed rows. */
    void write(OutputStream out) throws IOException {
        Deflater deflater = new Deflater();
        try (DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater, 1 << 15)) {
            Rows rows = new Rows(packed);
            new PngRows(file, target.from(), stretches).each(rows::take);
        } catch (Refusal e) {
            // every row was read once before the plan was made, so the file has changed since
            throw new IOException("the file changed while it was labelled", e);
        } finally {
            deflater.end();
        }
    }

    private final class Rows {
        private final OutputStream out;
        private byte[] row = new byte[0];
        private byte[] above = new byte[0];
        private byte[] filtered = new byte[0];
        private boolean touchedAbove;

        Rows(OutputStream out) {
            this.out = out;
        }

        void take(PngPass pass, int number, byte[] packed, byte[] original) throws IOException {
            int bytes = target.to().rowBytes(pass.width());
            if (number == 0) {
                row = new byte[bytes];
                above = new byte[bytes];
                filtered = new byte[bytes + 1];
                touchedAbove = false;
            }
            boolean touched = isTouched(pass, number);
            if (target.converts()) {
                java.util.Arrays.fill(row, (byte) 0);
                target.convert(original, row, pass.width());
            } else {
                System.arraycopy(original, 0, row, 0, bytes);
            }
            if (touched) {
                paint(pass, number);
            }
            if (target.converts() || touched || touchedAbove) {
                int step = Math.max(1, target.to().bitsPerPixel() / 8);
                int kind = target.to().depth() < 8 || target.to().colour() == 3 ? 0 : packed[0];
                PngRows.filter(target.leavesPalette() ? 4 : kind, row, above, step, filtered);
                out.write(filtered);
            } else {
                out.write(packed);
            }
            touchedAbove = touched;
            byte[] swap = above;
            above = row;
            row = swap;
        }

        private boolean isTouched(PngPass pass, int number) {
            int y = pass.y(number) + offsetY;
            return y >= mark.top() && y < mark.bottom();
        }

        private void paint(PngPass pass, int number) {
            int y = pass.y(number) + offsetY;
            for (int i = pass.pixelFrom(mark.left() - offsetX); i < pass.width(); i++) {
                int x = pass.x(i) + offsetX;
                if (x >= mark.right()) {
                    break;
                }
                target.paint(row, i, mark.coverage(x, y), mark.paint());
            }
        }
    }
}
