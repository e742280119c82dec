package dev.cinnabar.review;

import java.util.Arrays;

/** A growing list of places where features matched: feature index, start, end. Ends never decrease. */
final class Found {
    private static final int WIDTH = 3;

    private int[] rows = new int[4 * WIDTH];
    private int size;

    void add(int feature, int start, int end) {
        if (size * WIDTH == rows.length) {
            rows = Arrays.copyOf(rows, rows.length * 2);
        }
        rows[size * WIDTH] = feature;
        rows[size * WIDTH + 1] = start;
        rows[size * WIDTH + 2] = end;
        size++;
    }

    int size() {
        return size;
    }

    int feature(int row) {
        return rows[row * WIDTH];
    }

    int start(int row) {
        return rows[row * WIDTH + 1];
    }

    int end(int row) {
        return rows[row * WIDTH + 2];
    }

    void clear() {
        size = 0;
    }
}
