package dev.cinnabar.label.write;

/** Chooses the corner for a mark: looks at the ground in all four, takes the calmest, and how to paint there. */
final class Siting {
    /** Another corner than the preferred one must be this much calmer. */
    private static final double CLEARLY = 0.8;

    private static final Corner[] CORNERS = Corner.values();

    private final Stamp stamp;
    private final int[] lefts = new int[CORNERS.length];
    private final int[] tops = new int[CORNERS.length];
    private final Ground[] grounds = new Ground[CORNERS.length];

    Siting(Stamp stamp, int width, int height) {
        this.stamp = stamp;
        for (int i = 0; i < CORNERS.length; i++) {
            lefts[i] = stamp.left(CORNERS[i], width);
            tops[i] = stamp.top(CORNERS[i], height);
            grounds[i] = new Ground();
        }
    }

    /** Whether a row of the picture lies in any of the boxes, so that its pixels are worth showing. */
    boolean wants(int y) {
        for (int top : tops) {
            if (y >= top && y < top + stamp.height()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a pixel lies in any of the boxes. */
    boolean wants(int x, int y) {
        for (int i = 0; i < CORNERS.length; i++) {
            if (isIn(i, x, y)) {
                return true;
            }
        }
        return false;
    }

    /** Shows one pixel. */
    void see(int x, int y, int red, int green, int blue, boolean opaque) {
        for (int i = 0; i < CORNERS.length; i++) {
            if (isIn(i, x, y)) {
                grounds[i].add(red, green, blue, opaque);
            }
        }
    }

    private boolean isIn(int i, int x, int y) {
        return x >= lefts[i] && x < lefts[i] + stamp.width() && y >= tops[i] && y < tops[i] + stamp.height();
    }

    /** The mark where it will stand. */
    Mark decide() {
        int best = 0;
        for (int i = 1; i < CORNERS.length; i++) {
            if (grounds[i].restlessness() < CLEARLY * grounds[best].restlessness()) {
                best = i;
            }
        }
        return new Mark(stamp, CORNERS[best], lefts[best], tops[best], grounds[best].paint());
    }
}
