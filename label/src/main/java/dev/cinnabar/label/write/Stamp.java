package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Wordings;
import dev.cinnabar.label.glyphs.Outlines;

/**
 * A visible mark laid out for a picture (docs/design/mark.md): its letters at least 5 % of the shortest side high (GB 45438-2025 5.2 e), in a box that stands in a corner.
 */
final class Stamp {
    /** The share of the shortest side, with a little more than 5.2 e) asks so that no rounding falls below it. */
    private static final double SHARE = 0.051;

    /** Below this no Chinese character can be read. */
    private static final int LEAST_EM = 14;

    private final int width;
    private final int height;
    private final int inset;
    private final byte[] coverage;

    private Stamp(int width, int height, int inset, byte[] coverage) {
        this.width = width;
        this.height = height;
        this.inset = inset;
        this.coverage = coverage;
    }

    /** Lays the wording out for a picture; the table's wording gives way to its Chinese part where the picture is narrow. */
    static Stamp lay(Job job, String wording, int pictureWidth, int pictureHeight) throws Refusal {
        Outlines outlines = Outlines.shipped();
        String missing = outlines.missing(wording);
        if (!missing.isEmpty()) {
            throw new Refusal(Fault.GLYPH, missing);
        }
        int shortest = Math.min(pictureWidth, pictureHeight);
        int em = (int) Math.max(LEAST_EM, Math.ceil(SHARE * shortest * outlines.unitsPerEm() / outlines.capHeight()));
        int inset = (int) Math.round(em / 4.0);
        int width = boxWidth(wording, em);
        int height = (int) Math.ceil(1.4 * em);
        if (width + 2 * inset > pictureWidth || height + 2 * inset > pictureHeight) {
            String shorter = wording.substring(0, Math.max(0, wording.indexOf(' ')));
            if (job.isAuto()
                    && Wordings.missing(shorter, dev.cinnabar.label.Lang.EN).isEmpty()) {
                return lay(job, shorter, pictureWidth, pictureHeight);
            }
            throw new Refusal(
                    Fault.TOO_SMALL,
                    pictureWidth + " x " + pictureHeight + " pixels, where \"" + wording + "\" needs "
                            + (width + 2 * inset) + " x " + (height + 2 * inset));
        }
        return new Stamp(width, height, inset, draw(wording, em, width, height));
    }

    private static int boxWidth(String wording, int em) {
        Outlines outlines = Outlines.shipped();
        long units = wording.codePoints()
                .mapToObj(outlines::of)
                .mapToLong(outline -> outline.orElseThrow().advance())
                .sum();
        return (int) Math.ceil((double) units * em / outlines.unitsPerEm() + em / 2.0);
    }

    private static byte[] draw(String wording, int em, int width, int height) {
        Outlines outlines = Outlines.shipped();
        double scale = (double) em / outlines.unitsPerEm();
        Ink ink = new Ink(width, height);
        double left = em / 4.0;
        for (int c : wording.codePoints().toArray()) {
            var outline = outlines.of(c).orElseThrow();
            ink.fill(outline, left, 1.08 * em, scale);
            left += outline.advance() * scale;
        }
        return ink.coverage();
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** How much of a pixel of the box the letters cover, 0 to 255. */
    int coverage(int x, int y) {
        return coverage[y * width + x] & 0xFF;
    }

    /** Where the box stands in a corner of a picture. */
    int left(Corner corner, int pictureWidth) {
        return corner.isRight() ? pictureWidth - inset - width : inset;
    }

    /** Where the box stands in a corner of a picture. */
    int top(Corner corner, int pictureHeight) {
        return corner.isBottom() ? pictureHeight - inset - height : inset;
    }
}
