package dev.cinnabar.review;

/** Sorts words that lie one after another in one array of symbols, by a three-way radix quicksort on an index; no object per word. */
final class WordSort {
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
        while (hi - lo > 1) {
            if (hi - lo < 12) {
                insertion(lo, hi, depth);
                return;
            }
            int pivot = pivot(lo, hi, depth);
            int less = lo;
            int more = hi;
            for (int i = lo; i < more; ) {
                int symbol = at(order[i], depth);
                if (symbol < pivot) {
                    swap(less++, i++);
                } else if (symbol > pivot) {
                    swap(i, --more);
                } else {
                    i++;
                }
            }
            int size = Math.max(less - lo, Math.max(hi - more, pivot < 0 ? 0 : more - less));
            boolean middle = pivot >= 0 && more - less == size;
            boolean left = !middle && less - lo == size;
            boolean right = !middle && !left && hi - more == size;
            if (!left) {
                sort(lo, less, depth);
            }
            if (!right) {
                sort(more, hi, depth);
            }
            if (pivot < 0) {
                byNumber(less, more);
            } else if (!middle) {
                sort(less, more, depth + 1);
            }
            if (middle) {
                lo = less;
                hi = more;
                depth++;
            } else if (left) {
                hi = less;
            } else if (right) {
                lo = more;
            } else {
                return;
            }
        }
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

    /** Equal words: an int sort of their numbers brings them back into the given order. */
    private void byNumber(int from, int to) {
        java.util.Arrays.sort(order, from, to);
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
