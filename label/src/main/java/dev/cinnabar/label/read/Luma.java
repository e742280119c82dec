package dev.cinnabar.label.read;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** The brightness of a picture, thinned to what a template needs, the way people see it (turned as its EXIF says). */
record Luma(int width, int height, int step, Plane plane) {
    /** The values, row by row; a class of its own because a record should not hold an array. */
    static final class Plane {
        private final byte[] values;

        Plane(byte[] values) {
            this.values = values;
        }

        byte[] values() {
            return values;
        }
    }

    /** From a decoded picture with its colours. */
    static Luma of(BufferedImage image, int step) {
        Raster raster = image.getRaster();
        if (image.getColorModel() instanceof IndexColorModel palette) {
            byte[] brightness = new byte[palette.getMapSize()];
            for (int i = 0; i < brightness.length; i++) {
                brightness[i] =
                        (byte) (0.299 * palette.getRed(i) + 0.587 * palette.getGreen(i) + 0.114 * palette.getBlue(i));
            }
            return of(
                    raster,
                    step,
                    (samples, at, bands) -> samples[at] < brightness.length ? brightness[samples[at]] : 0);
        }
        int size = image.getColorModel().getComponentSize(0);
        double scale = 255.0 / ((1 << size) - 1);
        return of(raster, step, (samples, at, bands) -> (byte)
                (bands >= 3
                        ? scale * (0.299 * samples[at] + 0.587 * samples[at + 1] + 0.114 * samples[at + 2])
                        : scale * samples[at]));
    }

    /** From the raw components of a JPEG: the first is brightness, or any of three colours; with four, the black component darkens it. */
    static Luma ofComponents(Raster raster, int step, boolean adobe) {
        return of(raster, step, (samples, at, bands) -> {
            if (bands < 4) {
                return (byte) samples[at];
            }
            int black = adobe ? samples[at + 3] : 255 - samples[at + 3];
            int colour = adobe ? samples[at] : 255 - samples[at];
            return (byte) (colour * black / 255);
        });
    }

    private interface Weigh {
        byte weigh(int[] samples, int at, int bands);
    }

    private static Luma of(Raster raster, int step, Weigh weigh) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        byte[] values = new byte[width * height];
        int[] row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                values[y * width + x] = weigh.weigh(row, x * bands, bands);
            }
        }
        return new Luma(width, height, step, new Plane(values));
    }

    /** Turned as the EXIF orientation (1 to 8) says. */
    Luma upright(int orientation) {
        if (orientation < 2 || orientation > 8) {
            return this;
        }
        boolean swap = orientation >= 5;
        int w = swap ? height : width;
        int h = swap ? width : height;
        byte[] from = plane.values();
        byte[] out = new byte[from.length];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int sx = swap ? y : x;
                int sy = swap ? x : y;
                boolean mirrorX = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
                boolean mirrorY = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
                sx = mirrorX ? width - 1 - sx : sx;
                sy = mirrorY ? height - 1 - sy : sy;
                out[y * w + x] = from[sy * width + sx];
            }
        }
        return new Luma(w, h, step, new Plane(out));
    }
}
