package dev.cinnabar.label.read;

import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Wordings;
import dev.cinnabar.label.glyphs.Outlines;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** Looks into the corners of a picture for a visible mark as our writer draws it. Other people's marks it does not know. */
final class PictureEye {
    private static final int LONGEST_SIDE = 1 << 18;
    private static final int EM_PIXELS = 28;
    private static final int SEARCH = 3;
    private static final double ENOUGH = 0.72;
    private static final String[] CORNERS = {"bottom-right", "bottom-left", "top-right", "top-left"};

    private final Report report;

    PictureEye(Report report) {
        this.report = report;
    }

    /** Decodes a PNG and looks. */
    void png(Ranges stream) {
        look("png", stream, 1, false);
    }

    /** Decodes a JPEG and looks at it the way people see it. */
    void jpeg(Ranges stream, int orientation, boolean adobe) {
        look("jpeg", stream, orientation, adobe);
    }

    private void look(String format, Ranges stream, int orientation, boolean adobe) {
        ImageReader decoder = ImageIO.getImageReadersByFormatName(format).next();
        try {
            decoder.setInput(stream, true, true);
            long width = decoder.getWidth(0);
            long height = decoder.getHeight(0);
            if (width * height > report.limits().pixels() || Math.max(width, height) > LONGEST_SIDE) {
                report.add(Fault.CONTENT_UNREAD, "it has " + width + " x " + height + " pixels");
                return;
            }
            search(
                    decoded(decoder, format, adobe, Math.min(width, height)).upright(orientation),
                    Math.min(width, height));
        } catch (IOException | RuntimeException e) {
            if (e instanceof Ranges.SourceFailed failed) {
                throw failed;
            }
            report.add(
                    Fault.CONTENT_UNREAD,
                    "it cannot be decoded (" + e.getClass().getSimpleName() + ")");
        } finally {
            decoder.dispose();
        }
    }

    private static Luma decoded(ImageReader decoder, String format, boolean adobe, long shortest) throws IOException {
        int step = (int) Math.max(1, em(shortest) / EM_PIXELS);
        ImageReadParam param = decoder.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        return format.equals("jpeg")
                ? Luma.ofComponents(decoder.readRaster(0, param), step, adobe)
                : Luma.of(decoder.read(0, param), step);
    }

    private void search(Luma luma, long shortest) {
        Set<String> wordings = new LinkedHashSet<>(report.ownWordings());
        wordings.addAll(Wordings.standard().all(Wordings.Medium.IMAGE));
        String bestCorner = "";
        double best = 0;
        for (String wording : wordings) {
            if (!Outlines.shipped().missing(wording).isEmpty()) {
                continue;
            }
            for (double size : new double[] {1, 0.975, 1.025}) {
                MarkTemplate template = MarkTemplate.draw(wording, em(shortest) * size / luma.step());
                for (int corner = 0; corner < CORNERS.length && best < 0.9; corner++) {
                    double match = match(luma, template, corner, em(shortest) / 4 / luma.step());
                    if (match > best) {
                        best = match;
                        bestCorner = CORNERS[corner];
                    }
                }
            }
        }
        if (best >= ENOUGH) {
            report.add(new ExplicitMark(ExplicitMark.Kind.TEXT, bestCorner));
        }
    }

    private static double match(Luma luma, MarkTemplate template, int corner, double margin) {
        int right = luma.width() - template.width();
        int bottom = luma.height() - template.height();
        int inset = (int) Math.round(margin);
        int left = corner % 2 == 0 ? right - inset : inset;
        int top = corner < 2 ? bottom - inset : inset;
        double best = 0;
        for (int y = Math.max(0, top - SEARCH); y <= Math.min(bottom, top + SEARCH); y++) {
            for (int x = Math.max(0, left - SEARCH); x <= Math.min(right, left + SEARCH); x++) {
                best = Math.max(best, template.match(luma.plane().values(), luma.width(), x, y));
            }
        }
        return best;
    }

    /** The em of a mark on a picture: capitals 5 % of the shortest side high and a little more, at least 14 pixels in all. */
    private static double em(long shortest) {
        Outlines outlines = Outlines.shipped();
        return Math.max(14, Math.ceil(0.051 * shortest * outlines.unitsPerEm() / outlines.capHeight()));
    }
}
