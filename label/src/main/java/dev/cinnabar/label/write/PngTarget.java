package dev.cinnabar.label.write;

import java.util.Optional;

/**
 * The pixels a picture must have to hold a mark, and how to get there: the same as before wherever they can hold it; a palette with a few more greys; or full colour where a
 * palette is full and has neither a dark nor a bright entry.
 */
final class PngTarget {
    private static final int SHADES = 5;

    private final PngHeader from;
    private final PngHeader to;
    private final Optional<PngPalette> palette;
    private final int[] shades;
    private final int[] key;

    private PngTarget(PngHeader from, PngHeader to, Optional<PngPalette> palette, int[] shades, int[] key) {
        this.from = from;
        this.to = to;
        this.palette = palette;
        this.shades = shades;
        this.key = key;
    }

    /** Chooses the pixels. {@code trns} is the data of tRNS, empty without one. */
    static PngTarget of(PngHeader header, Optional<PngPalette> palette, byte[] trns) {
        if (palette.isPresent()) {
            return ofPalette(header, palette.get());
        }
        int[] key = key(header, trns);
        if (header.colour() == 0 && header.depth() < 8 && key.length > 0) {
            // with few greys, one of which is transparent, the mark could not keep clear of that one
            int scaled = key[0] * 255 / header.most();
            return new PngTarget(header, header.with(8, 0), Optional.empty(), new int[0], new int[] {scaled});
        }
        return new PngTarget(header, header, Optional.empty(), new int[0], key);
    }

    private static int[] key(PngHeader header, byte[] trns) {
        int channels = header.colour() == 0 ? 1 : header.colour() == 2 ? 3 : 0;
        if (trns.length < 2 * channels) {
            return new int[0];
        }
        int[] key = new int[channels];
        for (int i = 0; i < channels; i++) {
            key[i] = ((trns[2 * i] & 0xFF) << 8 | (trns[2 * i + 1] & 0xFF)) & header.most();
        }
        return key;
    }

    private static PngTarget ofPalette(PngHeader header, PngPalette palette) {
        PngPalette grown = palette;
        int[] shades = new int[SHADES];
        for (int i = 0; i < SHADES; i++) {
            int grey = (255 * i + 2) / (SHADES - 1);
            if (grown.grey(grey) < 0) {
                grown = grown.plusGrey(grey);
            }
            shades[i] = grown.grey(grey);
        }
        if (grown.size() <= 256) {
            int depth = header.depth();
            while (1 << depth < grown.size()) {
                depth *= 2;
            }
            return new PngTarget(header, header.with(depth, 3), Optional.of(grown), shades, new int[0]);
        }
        int dark = palette.extreme(false);
        int bright = palette.extreme(true);
        if (dark >= 0 && Ground.isLegible(palette.light(dark), palette.light(bright))) {
            return new PngTarget(header, header, Optional.of(palette), new int[] {dark, bright}, new int[0]);
        }
        PngHeader full = header.with(8, palette.hasAlpha() ? 6 : 2);
        return new PngTarget(header, full, Optional.of(palette), new int[0], new int[0]);
    }

    PngHeader from() {
        return from;
    }

    PngHeader to() {
        return to;
    }

    /** Whether pixels change their kind, so that every row must be made anew. */
    boolean converts() {
        return !from.equals(to);
    }

    /** Whether a palette became full colour. */
    boolean leavesPalette() {
        return from.colour() == 3 && to.colour() != 3;
    }

    /** The palette of the result, where it has one. */
    Optional<PngPalette> palette() {
        return to.colour() == 3 ? palette : Optional.empty();
    }

    /** The transparent sample of a grey picture that was given more depth; -1 where that did not happen. */
    int scaledKey() {
        return converts() && to.colour() == 0 && key.length == 1 ? key[0] : -1;
    }

    /** A palette cannot blend letters with what lies under them: it wants a plate. */
    boolean wantsPlate() {
        return shades.length > 0;
    }

    /** The frame of an animation in the same kind of pixels. */
    PngTarget sized(int width, int height) {
        return new PngTarget(from.sized(width, height), to.sized(width, height), palette, shades, key);
    }

    /** Turns a row of the picture into a row of the result. */
    void convert(byte[] in, byte[] out, int pixels) {
        for (int i = 0; i < pixels; i++) {
            int sample = from.sample(in, i, 0);
            if (to.colour() == 3) {
                to.set(out, i, 0, sample);
            } else if (to.colour() == 0) {
                to.set(out, i, 0, sample * 255 / from.most());
            } else {
                PngPalette colours = palette.orElseThrow();
                to.set(out, i, 0, colours.red(sample));
                to.set(out, i, 1, colours.green(sample));
                to.set(out, i, 2, colours.blue(sample));
                if (to.colour() == 6) {
                    to.set(out, i, 3, colours.alpha(sample));
                }
            }
        }
    }

    /** Paints one pixel of the box into a row of the result. */
    void paint(byte[] row, int pixel, int coverage, Ground.Paint paint) {
        if (shades.length > 0) {
            int shade = (coverage * (shades.length - 1) + 127) / 255;
            to.set(row, pixel, 0, shades[shade]);
            return;
        }
        if (coverage == 0 && !paint.hasPlate()) {
            return;
        }
        int colours = to.colour() == 0 || to.colour() == 4 ? 1 : 3;
        boolean isKey = key.length > 0;
        for (int c = 0; c < colours; c++) {
            int value = (int) paint.over(to.sample(row, pixel, c), coverage, to.most());
            to.set(row, pixel, c, value);
            isKey &= key.length > c && key[c] == value;
        }
        if (isKey) {
            // a step that survives a decoder which keeps only the upper eight of sixteen bits
            int step = to.depth() == 16 ? 257 : 1;
            to.set(row, pixel, 0, key[0] < step ? key[0] + step : key[0] - step);
        }
        if (to.channels() > colours) {
            to.set(row, pixel, colours, to.most());
        }
    }
}
