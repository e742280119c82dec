package dev.cinnabar.label.write;

/** What a picture looks like where a mark may stand: how bright, how restless, whether anything shines through. */
final class Ground {
    /** Least contrast between letters and their ground (WCAG 2.2, 1.4.3), measured on the worst pixel. */
    private static final double CONTRAST = 4.5;

    /** A ground whose brightness varies more than this gets a plate even where the contrast would do. */
    private static final double RESTLESS = 0.08;

    private static final double[] LINEAR = new double[256];

    static {
        for (int i = 0; i < 256; i++) {
            double v = i / 255.0;
            LINEAR[i] = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
        }
    }

    private double darkest = 1;
    private double brightest;
    private double sum;
    private double squares;
    private long pixels;
    private boolean transparent;

    /** The relative luminance of an sRGB colour (WCAG 2.2), 0 to 1. */
    static double light(int red, int green, int blue) {
        return 0.2126 * LINEAR[red] + 0.7152 * LINEAR[green] + 0.0722 * LINEAR[blue];
    }

    /** Whether letters and ground of these luminances can be told apart. */
    static boolean isLegible(double dark, double bright) {
        return (bright + 0.05) / (dark + 0.05) >= CONTRAST;
    }

    /** Takes one pixel into account, its colours from 0 to 255. */
    void add(int red, int green, int blue, boolean opaque) {
        double light = light(red, green, blue);
        darkest = Math.min(darkest, light);
        brightest = Math.max(brightest, light);
        double seen = (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
        sum += seen;
        squares += seen * seen;
        pixels++;
        transparent |= !opaque;
    }

    /** How much the brightness varies: the standard deviation, 0 to 0.5. */
    double restlessness() {
        double mean = sum / Math.max(1, pixels);
        return Math.sqrt(Math.max(0, squares / Math.max(1, pixels) - mean * mean));
    }

    /** How a mark is to be drawn here so that it can be read. */
    Paint paint() {
        double white = 1.05 / (brightest + 0.05);
        double black = (darkest + 0.05) / 0.05;
        if (transparent || restlessness() > RESTLESS || Math.max(white, black) < CONTRAST) {
            return Paint.WHITE_ON_PLATE;
        }
        return white >= black ? Paint.WHITE : Paint.BLACK;
    }

    /** The colours of a mark. */
    enum Paint {
        /** White letters on the picture itself. */
        WHITE,
        /** Black letters on the picture itself. */
        BLACK,
        /** White letters on a black plate, contrast 21:1. */
        WHITE_ON_PLATE;

        /** A colour from 0 to {@code most} after the letters cover {@code coverage} of 255. */
        long over(long ground, int coverage, long most) {
            long under = this == WHITE_ON_PLATE ? 0 : ground;
            long letter = this == BLACK ? 0 : most;
            return (under * (255 - coverage) + letter * coverage + 127) / 255;
        }

        /** Whether the whole box is covered, not only the letters. */
        boolean hasPlate() {
            return this == WHITE_ON_PLATE;
        }
    }
}
