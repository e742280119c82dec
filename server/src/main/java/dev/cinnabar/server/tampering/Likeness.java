package dev.cinnabar.server.tampering;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * How like two pictures are, coarsely: the correlation of their brightness on a grid. A picture that was coded or scaled again is nearly 1, another picture is not; one that was
 * cropped lies between, and nobody can tell from this.
 */
final class Likeness {
    private static final int GRID = 24;
    private static final int DECODED = 192;
    private static final long MOST_PIXELS = 40_000_000;
    /** Chosen, not measured at large: coded again at quality 30 and halved in size stays above; different pictures stay below the lower. */
    private static final double SAME = 0.95;

    private static final double OTHER = 0.4;

    private Likeness() {}

    /** What can be said of two pictures. */
    enum Verdict {
        SAME,
        OTHER,
        UNSURE
    }

    static Verdict of(byte[] one, byte[] two) {
        OptionalDouble correlation = correlation(one, two);
        if (correlation.isEmpty()) {
            return Verdict.UNSURE;
        }
        double value = correlation.getAsDouble();
        return value >= SAME ? Verdict.SAME : value < OTHER ? Verdict.OTHER : Verdict.UNSURE;
    }

    private static OptionalDouble correlation(byte[] one, byte[] two) {
        Optional<double[]> a = grid(one);
        Optional<double[]> b = grid(two);
        if (a.isEmpty() || b.isEmpty()) {
            return OptionalDouble.empty();
        }
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < GRID * GRID; i++) {
            ab += a.get()[i] * b.get()[i];
            aa += a.get()[i] * a.get()[i];
            bb += b.get()[i] * b.get()[i];
        }
        // Two flat pictures are alike in nothing that could be compared.
        return aa < 1 || bb < 1 ? OptionalDouble.empty() : OptionalDouble.of(ab / Math.sqrt(aa * bb));
    }

    /** The brightness on the grid, around its mean; empty where the bytes are no picture that can be decoded here. */
    private static Optional<double[]> grid(byte[] picture) {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(picture))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return grid(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // Decoders of the JDK answer hostile files with runtime exceptions too.
            return Optional.empty();
        }
    }

    private static Optional<double[]> grid(ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS || width < GRID || height < GRID) {
            return Optional.empty();
        }
        ImageReadParam coarse = reader.getDefaultReadParam();
        coarse.setSourceRegion(new Rectangle(width, height));
        coarse.setSourceSubsampling(Math.max(1, width / DECODED), Math.max(1, height / DECODED), 0, 0);
        BufferedImage image = reader.read(0, coarse);
        double[] sums = new double[GRID * GRID];
        int[] counts = new int[GRID * GRID];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int cell = y * GRID / image.getHeight() * GRID + x * GRID / image.getWidth();
                int rgb = image.getRGB(x, y);
                sums[cell] += 0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255);
                counts[cell]++;
            }
        }
        return Optional.of(centred(sums, counts));
    }

    private static double[] centred(double[] sums, int[] counts) {
        double mean = 0;
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= Math.max(1, counts[i]);
            mean += sums[i] / sums.length;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] -= mean;
        }
        return sums;
    }
}
