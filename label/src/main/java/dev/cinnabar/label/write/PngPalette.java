package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.util.Arrays;

/** The colours of a palette with their alpha. */
final class PngPalette {
    private final byte[] rgb;
    private final byte[] alpha;

    private PngPalette(byte[] rgb, byte[] alpha) {
        this.rgb = rgb;
        this.alpha = alpha;
    }

    /** From the data of PLTE and tRNS. */
    static PngPalette of(byte[] plte, byte[] trns) throws Refusal {
        if (plte.length == 0 || plte.length % 3 != 0 || plte.length > 768) {
            throw new Refusal(Fault.UNREADABLE, "its palette has " + plte.length + " bytes");
        }
        byte[] alpha = new byte[plte.length / 3];
        Arrays.fill(alpha, (byte) 255);
        System.arraycopy(trns, 0, alpha, 0, Math.min(trns.length, alpha.length));
        return new PngPalette(plte.clone(), alpha);
    }

    int size() {
        return alpha.length;
    }

    int red(int index) {
        return index < size() ? rgb[3 * index] & 0xFF : 0;
    }

    int green(int index) {
        return index < size() ? rgb[3 * index + 1] & 0xFF : 0;
    }

    int blue(int index) {
        return index < size() ? rgb[3 * index + 2] & 0xFF : 0;
    }

    int alpha(int index) {
        return index < size() ? alpha[index] & 0xFF : 255;
    }

    boolean hasAlpha() {
        for (byte a : alpha) {
            if (a != (byte) 255) {
                return true;
            }
        }
        return false;
    }

    /** Where an opaque grey of exactly this brightness stands; -1 where none does. */
    int grey(int value) {
        for (int i = 0; i < size(); i++) {
            if (red(i) == value && green(i) == value && blue(i) == value && alpha(i) == 255) {
                return i;
            }
        }
        return -1;
    }

    /** The opaque entry that is brightest (or darkest); -1 where none is opaque. */
    int extreme(boolean bright) {
        int best = -1;
        for (int i = 0; i < size(); i++) {
            if (alpha(i) == 255 && (best < 0 || ((light(i) > light(best)) == bright && light(i) != light(best)))) {
                best = i;
            }
        }
        return best;
    }

    /** The relative luminance of an entry (WCAG 2.2). */
    double light(int index) {
        return Ground.light(red(index), green(index), blue(index));
    }

    /** This palette with one more opaque grey. */
    PngPalette plusGrey(int value) {
        byte[] more = Arrays.copyOf(rgb, rgb.length + 3);
        Arrays.fill(more, rgb.length, more.length, (byte) value);
        byte[] moreAlpha = Arrays.copyOf(alpha, alpha.length + 1);
        moreAlpha[alpha.length] = (byte) 255;
        return new PngPalette(more, moreAlpha);
    }

    /** The data of PLTE. */
    byte[] plte() {
        return rgb.clone();
    }
}
