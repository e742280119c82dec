package dev.cinnabar.label.write;

import dev.cinnabar.label.ExplicitMark;

/**
 * A visible mark with its place and paint decided.
 *
 * @param stamp the letters
 * @param corner which corner
 * @param left the box's left side in pixels of the picture as people see it
 * @param top the box's upper side
 * @param paint the colours
 */
record Mark(Stamp stamp, Corner corner, int left, int top, Ground.Paint paint) {
    /** The first row below the box. */
    int bottom() {
        return top + stamp.height();
    }

    /** The first column right of the box. */
    int right() {
        return left + stamp.width();
    }

    /** Whether a pixel lies in the box. */
    boolean covers(int x, int y) {
        return x >= left && x < right() && y >= top && y < bottom();
    }

    /** How much of a pixel of the box the letters cover, 0 to 255. */
    int coverage(int x, int y) {
        return stamp.coverage(x - left, y - top);
    }

    /** What the caller is told. */
    ExplicitMark told() {
        return new ExplicitMark(ExplicitMark.Kind.TEXT, corner.word());
    }
}
