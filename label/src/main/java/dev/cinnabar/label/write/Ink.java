package dev.cinnabar.label.write;

import dev.cinnabar.label.glyphs.Outline;

/** Fills outlines into a mask of coverage, by summing the signed areas that edges cut off: exact for contours that do not overlap. */
final class Ink {
    private static final int CURVE_STEPS = 8;

    private final int width;
    private final int height;
    private final float[] area;
    private double penX;
    private double penY;
    private double startX;
    private double startY;

    Ink(int width, int height) {
        this.width = width;
        this.height = height;
        this.area = new float[width * height + 2];
    }

    /** Adds one outline: its origin at (left, base) of the mask, its units times {@code scale} in pixels. */
    void fill(Outline outline, double left, double base, double scale) {
        for (Outline.Stroke stroke : outline.strokes()) {
            switch (stroke) {
                case Outline.Move(int x, int y) -> {
                    close();
                    penX = left + x * scale;
                    penY = base - y * scale;
                    startX = penX;
                    startY = penY;
                }
                case Outline.Line(int x, int y) -> to(left + x * scale, base - y * scale);
                case Outline.Curve(int x1, int y1, int x2, int y2, int x, int y) ->
                    curve(
                            left + x1 * scale,
                            base - y1 * scale,
                            left + x2 * scale,
                            base - y2 * scale,
                            left + x * scale,
                            base - y * scale);
                case Outline.Close() -> close();
            }
        }
        close();
    }

    /** The mask, row by row: 0 outside, 255 inside. */
    byte[] coverage() {
        byte[] mask = new byte[width * height];
        for (int y = 0; y < height; y++) {
            float sum = 0;
            for (int x = 0; x < width; x++) {
                sum += area[y * width + x];
                mask[y * width + x] = (byte) Math.round(255 * Math.min(1, Math.abs(sum)));
            }
        }
        return mask;
    }

    private void close() {
        to(startX, startY);
    }

    private void curve(double x1, double y1, double x2, double y2, double x, double y) {
        double x0 = penX;
        double y0 = penY;
        for (int i = 1; i <= CURVE_STEPS; i++) {
            double t = i / (double) CURVE_STEPS;
            double u = 1 - t;
            double a = u * u * u;
            double b = 3 * u * u * t;
            double c = 3 * u * t * t;
            double d = t * t * t;
            to(a * x0 + b * x1 + c * x2 + d * x, a * y0 + b * y1 + c * y2 + d * y);
        }
    }

    private void to(double x, double y) {
        if (y != penY) {
            edge(penX, penY, x, y);
        }
        penX = x;
        penY = y;
    }

    private void edge(double x0, double y0, double x1, double y1) {
        double sign = y1 > y0 ? 1 : -1;
        double topX = y1 > y0 ? x0 : x1;
        double topY = Math.min(y0, y1);
        double bottomY = Math.max(y0, y1);
        double slope = (x1 - x0) / (y1 - y0);
        int last = (int) Math.min(height - 1.0, Math.ceil(bottomY) - 1);
        for (int y = (int) Math.max(0, Math.floor(topY)); y <= last; y++) {
            double from = Math.max(y, topY);
            double to = Math.min(y + 1.0, bottomY);
            if (to > from) {
                span(y, sign * (to - from), topX + (from - topY) * slope, topX + (to - topY) * slope);
            }
        }
    }

    /** One edge within one row: what lies to its right gains {@code amount}; the pixels it crosses gain their share. */
    private void span(int y, double amount, double xa, double xb) {
        double left = Math.clamp(Math.min(xa, xb), 0.0, width - 1.0);
        double right = Math.clamp(Math.max(xa, xb), 0.0, width - 1.0);
        int first = (int) left;
        int last = (int) right;
        int row = y * width;
        if (first == last) {
            double mid = (left + right) / 2 - first;
            add(row, first, amount * (1 - mid));
            add(row, first + 1, amount * mid);
            return;
        }
        double length = right - left;
        double before = 0;
        for (int x = first; x <= last; x++) {
            double a = Math.max(left, x);
            double b = Math.min(right, x + 1.0);
            // the part of the edge within this pixel, and its mean distance from the pixel's left side
            double part = (b - a) / length * amount;
            double mid = (a + b) / 2 - x;
            add(row, x, part * (1 - mid) + before);
            before = part * mid;
        }
        add(row, last + 1, before);
    }

    private void add(int row, int x, double amount) {
        if (x < width) {
            area[row + x] += (float) amount;
        }
    }
}
