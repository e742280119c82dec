package dev.cinnabar.review;

/** Which node a pair of symbols leads to from the root: a hash table in one int array. A key is two symbols of 16 bits, the second lowest; it is never 0. */
final class Pairs {
    private static final int MIX = 0x85EBCA6B;

    private final int[] slots;
    private final int shift;

    /** @param count how many pairs will be put in */
    Pairs(int count) {
        int bits = 33 - Integer.numberOfLeadingZeros(Math.max(count, 2));
        slots = new int[2 << bits];
        shift = 32 - bits;
    }

    void put(int key, int node) {
        int at = slot(key);
        while (slots[at + 1] != 0) {
            at = (at + 2) & (slots.length - 1);
        }
        slots[at] = key;
        slots[at + 1] = node;
    }

    /** The node, or 0. */
    int get(int key) {
        for (int at = slot(key); ; at = (at + 2) & (slots.length - 1)) {
            if (slots[at] == key) {
                return slots[at + 1];
            }
            if (slots[at + 1] == 0) {
                return 0;
            }
        }
    }

    private int slot(int key) {
        return ((key * MIX) >>> shift) * 2;
    }
}
