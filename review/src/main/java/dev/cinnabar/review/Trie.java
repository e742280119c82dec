package dev.cinnabar.review;

import java.util.Arrays;

/**
 * An Aho-Corasick automaton in flat int arrays. Nodes are numbered level by level, so that the children of a node lie side by side in the order of their symbols
 * and a node's depth follows from its number. The second level, where ordinary text fails most often, is asked through a bit filter and a hash table.
 */
final class Trie {
    static final int ROOT = 0;

    /** In {@link #fromRoot}: the node ends a word or has a word's end behind it. */
    static final int ENDS = 0x80000000;

    static final int FIRST_CHILD = 0;
    static final int FAIL = 1;
    static final int HIT = 2;
    static final int SYMBOL = 3;

    /** Ints of a node. */
    static final int WIDTH = 4;

    private static final int FILTER_MIX = 0x9E3779B1;
    private static final int PAIR_MIX = 0x85EBCA6B;
    private static final int LINEAR = 6;

    /** Per node: first child, node to fall back to, word end, symbol. Behind the last a guard with the first child only. */
    final int[] nodes;

    /** The node of the first level for each symbol, 0 for none, with {@link #ENDS} where it ends a word. */
    final int[] fromRoot;

    /** The last node of the first level. */
    final int firstLevelEnd;

    /** The first node of each level, and behind the last level the number of nodes. */
    private final int[] levels;

    private final long[] filter;
    private final int filterShift;
    private final int[] pairs;
    private final int pairShift;

    /** Takes nodes whose children are laid out; the first level's are indexed here. */
    Trie(int[] nodes, int[] levels, int symbols) {
        this.nodes = nodes;
        this.levels = levels;
        fromRoot = new int[symbols];
        int second = levels.length > 2 ? levels[2] : size();
        firstLevelEnd = second - 1;
        for (int node = 1; node < second; node++) {
            fromRoot[nodes[node * WIDTH + SYMBOL]] = node | (nodes[node * WIDTH + HIT] != 0 ? ENDS : 0);
        }
        int edges = levels.length > 3 ? levels[3] - second : size() - second;
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(edges, 4) - 1);
        filterShift = Math.max(32 - bits - 4, 3);
        filter = new long[1 << (32 - filterShift - 6)];
        pairShift = 32 - bits - 1;
        pairs = new int[2 << (bits + 1)];
        for (int node = 1; node < second; node++) {
            for (int child = nodes[node * WIDTH]; child < nodes[(node + 1) * WIDTH]; child++) {
                index(node, nodes[child * WIDTH + SYMBOL], child);
            }
        }
    }

    /** How many nodes there are. */
    int size() {
        return levels[levels.length - 1];
    }

    /** How many symbols lead from the root to the node. */
    int depth(int node) {
        int found = Arrays.binarySearch(levels, node);
        return found >= 0 ? found : -found - 2;
    }

    /** The longest word, in symbols. */
    int longest() {
        return levels.length - 2;
    }

    /** The child of a node of the first level (or of the root: always 0) by that symbol, or 0. */
    int second(int node, int symbol) {
        int key = (node << 16) | symbol;
        int bit = filterBit(key);
        return (filter[bit >>> 6] & (1L << bit)) == 0 ? 0 : pair(key);
    }

    /** The child of a node below the first level by that symbol, or 0. */
    int deeper(int node, int symbol) {
        int lo = nodes[node * WIDTH];
        int hi = nodes[node * WIDTH + WIDTH];
        while (hi - lo > LINEAR) {
            int middle = (lo + hi) >>> 1;
            if (nodes[middle * WIDTH + SYMBOL] <= symbol) {
                lo = middle;
            } else {
                hi = middle;
            }
        }
        for (; lo < hi; lo++) {
            if (nodes[lo * WIDTH + SYMBOL] == symbol) {
                return lo;
            }
        }
        return 0;
    }

    /** The node reached from a node by a symbol, falling back as often as needed. */
    int next(int from, int symbol) {
        int node = from;
        while (node > firstLevelEnd) {
            int child = deeper(node, symbol);
            if (child != 0) {
                return child;
            }
            node = nodes[node * WIDTH + FAIL];
        }
        int child = second(node, symbol);
        return child != 0 ? child : fromRoot[symbol] & ~ENDS;
    }

    int fail(int node) {
        return nodes[node * WIDTH + FAIL];
    }

    /** The number of the word that ends at the node as its complement; or the nearest node behind it where one ends; or 0. */
    int hit(int node) {
        return nodes[node * WIDTH + HIT];
    }

    boolean hasChildren(int node) {
        return nodes[node * WIDTH] < nodes[node * WIDTH + WIDTH];
    }

    private int pair(int key) {
        int mask = pairs.length - 1;
        for (int at = slot(key); ; at = (at + 2) & mask) {
            if (pairs[at] == key) {
                return pairs[at + 1];
            }
            if (pairs[at + 1] == 0) {
                return 0;
            }
        }
    }

    private int filterBit(int key) {
        return (key * FILTER_MIX) >>> filterShift;
    }

    private int slot(int key) {
        return ((key * PAIR_MIX) >>> pairShift) * 2;
    }

    private void index(int node, int symbol, int child) {
        int key = (node << 16) | symbol;
        int bit = filterBit(key);
        filter[bit >>> 6] |= 1L << bit;
        int at = slot(key);
        while (pairs[at + 1] != 0) {
            at = (at + 2) & (pairs.length - 1);
        }
        pairs[at] = key;
        pairs[at + 1] = child;
    }
}
