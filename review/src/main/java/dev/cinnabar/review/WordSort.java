package dev.cinnabar.review;

import java.util.Arrays;

/** Sorts words that lie one after another in one array of symbols, by a three-way radix quicksort on an index; no object per word. */
final class WordSort {
    private static final int SMALL = 12;

    private final char[] pool;
    private final int[] begins;
    private final int[] order;

    /**
     * @param pool the symbols of all words
     * @param begins where each word begins, and at last where the last one ends
     */
    WordSort(char[] pool, int[] begins) {
        this.pool = pool;
        this.begins = begins;
        order = new int[begins.length - 1];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    /** The numbers of the words in ascending order; equal words in the order they were given. */
    int[] sorted() {
        sort(0, order.length, 0);
        return order;
    }

    /** The symbol at that depth, or -1 past the word's end. */
    private int at(int word, int depth) {
        int at = begins[word] + depth;
        return at < begins[word + 1] ? pool[at] : -1;
    }

    /** Recurses into the two smaller of three parts and goes on with the largest, so that the stack stays logarithmic. */
    private void sort(int from, int to, int fromDepth) {
        int lo = from;
        int hi = to;
        int depth = fromDepth;
        while (hi - lo >= SMALL) {
            int pivot = pivot(lo, hi, depth);
            int less = partition(lo, hi, depth, pivot);
            int more = partition(less, hi, depth, pivot + 1);
            if (pivot < 0) {
                // Words that end here are equal: the order of their numbers is the order they were given in.
                Arrays.sort(order, less, more);
                lo = more;
            } else if (more - less >= Math.max(less - lo, hi - more)) {
                sort(lo, less, depth);
                sort(more, hi, depth);
                lo = less;
                hi = more;
                depth++;
            } else if (less - lo >= hi - more) {
                sort(less, more, depth + 1);
                sort(more, hi, depth);
                hi = less;
            } else {
                sort(lo, less, depth);
                sort(less, more, depth + 1);
                lo = more;
            }
        }
        insertion(lo, hi, depth);
    }

    /** Brings the words whose symbol is below the bound to the front; gives where the others begin. */
    private int partition(int lo, int hi, int depth, int bound) {
        int below = lo;
        for (int i = lo; i < hi; i++) {
            if (at(order[i], depth) < bound) {
                swap(below++, i);
            }
        }
        return below;
    }

    /** The middle of three that a fixed mixing of the bounds chooses: the same input always takes the same path. */
    private int pivot(int lo, int hi, int depth) {
        int size = hi - lo;
        int mix = (lo * 0x9E3779B9 + hi * 0x85EBCA6B) >>> 1;
        int a = at(order[lo + mix % size], depth);
        int b = at(order[lo + (mix / 7) % size], depth);
        int c = at(order[lo + (mix / 61) % size], depth);
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void insertion(int lo, int hi, int depth) {
        for (int i = lo + 1; i < hi; i++) {
            int word = order[i];
            int j = i;
            while (j > lo && compare(order[j - 1], word, depth) > 0) {
                order[j] = order[j - 1];
                j--;
            }
            order[j] = word;
        }
    }

    private int compare(int a, int b, int fromDepth) {
        for (int depth = fromDepth; ; depth++) {
            int x = at(a, depth);
            int y = at(b, depth);
            if (x != y) {
                return x - y;
            }
            if (x < 0) {
                return a - b;
            }
        }
    }

    private void swap(int i, int j) {
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}
