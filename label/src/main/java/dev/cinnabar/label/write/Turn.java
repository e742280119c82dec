package dev.cinnabar.label.write;

/** How a picture is turned between how it is stored and how people see it (EXIF orientation 1 to 8). */
record Turn(int orientation, int storedWidth, int storedHeight) {
    private boolean swaps() {
        return orientation >= 5;
    }

    /** The width people see. */
    int width() {
        return swaps() ? storedHeight : storedWidth;
    }

    /** The height people see. */
    int height() {
        return swaps() ? storedWidth : storedHeight;
    }

    /** The stored column of a seen point. */
    int storedX(int x, int y) {
        int along = swaps() ? y : x;
        boolean mirrored = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        return mirrored ? storedWidth - 1 - along : along;
    }

    /** The stored row of a seen point. */
    int storedY(int x, int y) {
        int along = swaps() ? x : y;
        boolean mirrored = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        return mirrored ? storedHeight - 1 - along : along;
    }
}
