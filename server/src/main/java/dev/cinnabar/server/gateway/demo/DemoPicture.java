package dev.cinnabar.server.gateway.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Draws a small landscape whose sky, hills and sun follow from the prompt. No fonts are needed. */
final class DemoPicture {
    private static final int LEAST = 64;
    private static final int MOST = 1024;

    private DemoPicture() {}

    /** A PNG of about the size asked for, at most 1024 pixels a side. */
    static byte[] png(String prompt, String size, int number) {
        int width = side(size, 0);
        int height = side(size, 1);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            draw(pen, width, height, new SplittableRandom(prompt.hashCode() * 31L + number));
        } finally {
            pen.dispose();
        }
        return encoded(picture);
    }

    private static int side(String size, int which) {
        String[] sides = size.split("x", 2);
        try {
            return Math.clamp(Integer.parseInt(sides[Math.min(which, sides.length - 1)]), LEAST, MOST);
        } catch (NumberFormatException e) {
            return 512;
        }
    }

    private static void draw(Graphics2D pen, int width, int height, SplittableRandom random) {
        float hue = (float) random.nextDouble();
        pen.setPaint(new GradientPaint(
                0, 0, Color.getHSBColor(hue, 0.5f, 0.95f), 0, height, Color.getHSBColor(hue + 0.1f, 0.2f, 1f)));
        pen.fillRect(0, 0, width, height);
        double sun = Math.min(width, height) * (0.1 + random.nextDouble() * 0.1);
        pen.setPaint(new Color(0xf2, 0x6b, 0x4f));
        pen.fill(new Ellipse2D.Double(width * random.nextDouble() * 0.8, height * 0.1, sun, sun));
        for (int hill = 0; hill < 4; hill++) {
            pen.setPaint(Color.getHSBColor(hue + 0.45f, 0.35f, 0.75f - hill * 0.15f));
            pen.fill(hill(width, height, height * (0.45 + hill * 0.14), random));
        }
        pen.setPaint(new Color(255, 255, 255, 160));
        pen.setStroke(new BasicStroke(2));
        pen.drawLine(0, (int) (height * 0.93), width, (int) (height * 0.93));
    }

    private static Path2D hill(int width, int height, double level, SplittableRandom random) {
        Path2D hill = new Path2D.Double();
        hill.moveTo(0, height);
        double phase = random.nextDouble() * 6;
        double steep = height * (0.03 + random.nextDouble() * 0.06);
        for (int x = 0; x <= width; x += 8) {
            hill.lineTo(x, level + Math.sin(phase + x * 6.0 / width) * steep);
        }
        hill.lineTo(width, height);
        hill.closePath();
        return hill;
    }

    private static byte[] encoded(BufferedImage picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
        try {
            ImageIO.write(picture, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture in memory cannot fail to be written", e);
        }
        return out.toByteArray();
    }
}
