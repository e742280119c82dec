package dev.cinnabar.label.write;

import java.util.ArrayList;
import java.util.List;

/** The rows of one pass: of the whole picture, or of one of Adam7's seven; pixel i of row r stands at (x0 + i dx, y0 + r dy). */
record PngPass(int x0, int y0, int dx, int dy, int width, int height) {
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    /** The passes of a picture that have pixels. */
    static List<PngPass> of(PngHeader header) {
        if (!header.interlaced()) {
            return List.of(new PngPass(0, 0, 1, 1, header.width(), header.height()));
        }
        List<PngPass> passes = new ArrayList<>(7);
        for (int[] p : ADAM7) {
            int width = (header.width() - p[0] + p[2] - 1) / p[2];
            int height = (header.height() - p[1] + p[3] - 1) / p[3];
            if (width > 0 && height > 0) {
                passes.add(new PngPass(p[0], p[1], p[2], p[3], width, height));
            }
        }
        return passes;
    }

    int x(int pixel) {
        return x0 + pixel * dx;
    }

    int y(int row) {
        return y0 + row * dy;
    }

    /** The first pixel whose place is not left of {@code x}. */
    int pixelFrom(int x) {
        return Math.max(0, (x - x0 + dx - 1) / dx);
    }
}
