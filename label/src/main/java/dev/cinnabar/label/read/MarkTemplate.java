package dev.cinnabar.label.read;

import dev.cinnabar.label.glyphs.Outline;
import dev.cinnabar.label.glyphs.Outlines;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** How a wording looks as our writer draws it (docs/design/mark.md), drawn here a second time by other means, to be compared with a picture. */
final class MarkTemplate {
    private final int width;
    private final int height;
    private final byte[] coverage;
    private double mean;
    private double deviation;

    private MarkTemplate(int width, int height, byte[] coverage) {
        this.width = width;
        this.height = height;
        this.coverage = coverage;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Draws a wording whose em has {@code em} pixels, in its box: a quarter em left and right, the base line 1.08 em below the top, 1.4 em high. */
    static MarkTemplate draw(String wording, double em) {
        Outlines outlines = Outlines.shipped();
        double scale = em / outlines.unitsPerEm();
        Path2D.Double path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double pen = 0;
        for (int c : wording.codePoints().toArray()) {
            Outline outline = outlines.of(c).orElseThrow();
            add(path, outline, pen);
            pen += outline.advance();
        }
        int width = (int) Math.ceil(pen * scale + em / 2);
        int height = (int) Math.ceil(1.4 * em);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.fill(new AffineTransform(scale, 0, 0, -scale, em / 4, 1.08 * em).createTransformedShape(path));
        graphics.dispose();
        byte[] coverage = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        MarkTemplate template = new MarkTemplate(width, height, coverage);
        template.measure();
        return template;
    }

    private static void add(Path2D.Double path, Outline outline, double pen) {
        for (Outline.Stroke stroke : outline.strokes()) {
            switch (stroke) {
                case Outline.Move(int x, int y) -> path.moveTo(pen + x, y);
                case Outline.Line(int x, int y) -> path.lineTo(pen + x, y);
                case Outline.Curve(int x1, int y1, int x2, int y2, int x, int y) ->
                    path.curveTo(pen + x1, y1, pen + x2, y2, pen + x, y);
                case Outline.Close() -> path.closePath();
            }
        }
    }

    private void measure() {
        double sum = 0;
        double squares = 0;
        for (byte b : coverage) {
            int v = b & 0xFF;
            sum += v;
            squares += (double) v * v;
        }
        mean = sum / coverage.length;
        deviation = Math.sqrt(Math.max(0, squares / coverage.length - mean * mean));
    }

    /**
     * How well a picture matches with the template's top left corner at a point: the size of the correlation, from 0 to 1; 0 where the letters hardly differ from their ground.
     * The whole box is inside the picture.
     */
    double match(byte[] luma, int stride, int left, int top) {
        double sum = 0;
        double squares = 0;
        double product = 0;
        for (int y = 0; y < height; y++) {
            int row = (top + y) * stride + left;
            for (int x = 0; x < width; x++) {
                int v = luma[row + x] & 0xFF;
                sum += v;
                squares += (double) v * v;
                product += (double) v * (coverage[y * width + x] & 0xFF);
            }
        }
        int n = coverage.length;
        double average = sum / n;
        double spread = Math.sqrt(Math.max(0, squares / n - average * average));
        if (spread < 20 || deviation < 1) {
            return 0;
        }
        return Math.abs((product / n - average * mean) / (spread * deviation));
    }
}
