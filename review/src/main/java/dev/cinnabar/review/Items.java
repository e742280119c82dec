package dev.cinnabar.review;

/**
 * The last letters a scan has read, in a ring as long as the longest word: where each began, how often it is repeated, its kind, and the kind of the code point
 * before it.
 */
final class Items {
    private static final int START = 16;
    private static final int COUNT = 4;
    private static final int COUNT_MASK = 0xFFF;
    private static final int KIND = 2;
    private static final int KIND_MASK = 3;

    private final long[] ring;
    private final int mask;
    private int newest;

    /** The newest item that is repeated; -1 for none. */
    private int repeated = -1;

    /** @param longest the most items that will be asked for */
    Items(int longest) {
        int size = Integer.highestOneBit(Math.max(1, longest)) * 2;
        ring = new long[size];
        mask = size - 1;
    }

    void add(int start, int kind, int before) {
        ring[++newest & mask] = ((long) start << START) | (1 << COUNT) | (kind << KIND) | before;
    }

    /** The newest item once more. */
    void again() {
        ring[newest & mask] += 1 << COUNT;
        repeated = newest;
    }

    /** The newest item once more than it can be counted: it begins anew here, and counts as more than any pattern can want. */
    void anew(int start, int kind, int before) {
        ring[newest & mask] = ((long) start << START) | ((Bounds.REPEATS + 1) << COUNT) | (kind << KIND) | before;
        repeated = newest;
    }

    int newest() {
        return newest;
    }

    /** Whether an item from this one on is repeated. */
    boolean repeatedFrom(int first) {
        return repeated >= first;
    }

    int start(int item) {
        return (int) (ring[item & mask] >>> START);
    }

    int count(int item) {
        return (int) (ring[item & mask] >>> COUNT) & COUNT_MASK;
    }

    int kind(int item) {
        return (int) (ring[item & mask] >>> KIND) & KIND_MASK;
    }

    int before(int item) {
        return (int) ring[item & mask] & KIND_MASK;
    }
}
