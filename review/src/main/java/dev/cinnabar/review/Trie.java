package dev.cinnabar.review;

import java.util.Arrays;

/**
 * An Aho-Corasick automaton in flat int arrays. Nodes are numbered level by level, so that the children of a node lie side by side in the order of their symbols
 * and a node's depth follows from its number. Ordinary text seldom gets below the second level; sieves of what words begin with let most
 * of it pass without a look at any node.
 */
final class Trie {
    static final int ROOT = 0;

    static final int FIRST_CHILD = 0;
    static final int FAIL = 1;
    static final int HIT = 2;
    static final int SYMBOL = 3;

    /** Ints of a node. */
    static final int WIDTH = 4;

    /** Down to this depth sieves know what words begin with. */
    static final int SIEVED = 4;

    private static final int LINEAR = 6;

    /** Per node: first child, node to fall back to, word end, symbol. Behind the last a guard with the first child only. */
    private final int[] nodes;

    /** The first node of each level, and behind the last level the number of nodes. */
    private final int[] levels;

    /** The node of the first level for each symbol, or 0. */
    private final int[] fromRoot;

    private final Pairs pairs;

    /** Of the strings of two, three and four symbols that words begin with; by length less two. */
    private final Sieve[] begins = new Sieve[SIEVED - 1];

    /** Of the words of two and of three symbols; by length less two. */
    private final Sieve[] words = new Sieve[SIEVED - 2];

    private final boolean singles;
    private final boolean shorts;

    /** By symbol, whether it is a word. */
    private final boolean[] single;

    /** Where the levels begin. */
    private final int second;

    private final int third;
    private final int fourth;

    /** Takes nodes whose children are laid out, and indexes the first levels. */
    Trie(int[] nodes, int[] levels, int symbols) {
        this.nodes = nodes;
        this.levels = levels;
        fromRoot = new int[symbols];
        pairs = new Pairs(width(2));
        for (int i = 0; i < begins.length; i++) {
            begins[i] = new Sieve(width(i + 2));
        }
        for (int i = 0; i < words.length; i++) {
            words[i] = new Sieve(ending(i + 2));
        }
        singles = ending(1) > 0;
        shorts = ending(2) + ending(3) > 0;
        single = new boolean[symbols];
        second = level(2);
        third = level(3);
        fourth = level(4);
        for (int node = level(1); node < level(2); node++) {
            fromRoot[symbol(node)] = node;
            single[symbol(node)] = hit(node) != 0;
            index(node, symbol(node), 1);
        }
    }

    private void index(int node, long path, int depth) {
        for (int child = nodes[node * WIDTH]; child < nodes[(node + 1) * WIDTH]; child++) {
            long longer = (path << Character.SIZE) | symbol(child);
            begins[depth - 1].add(longer);
            if (depth == 1) {
                pairs.put((int) longer, child);
            }
            if (depth < SIEVED - 1) {
                if (hit(child) != 0) {
                    words[depth - 1].add(longer);
                }
                index(child, longer, depth + 1);
            }
        }
    }

    private int ending(int depth) {
        int count = 0;
        for (int node = level(depth); node < level(depth + 1); node++) {
            count += hit(node) != 0 ? 1 : 0;
        }
        return count;
    }

    /** The first node of the level, or the number of nodes when it is deeper than all words. */
    private int level(int depth) {
        return levels[Math.min(depth, levels.length - 1)];
    }

    private int width(int depth) {
        return level(depth + 1) - level(depth);
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

    /**
     * Whether a word may begin with the last symbols of a path; never no when one does.
     *
     * @param path symbols of 16 bits each, the last one lowest
     * @param length how many of them count: 2, 3 or {@link #SIEVED}
     */
    boolean mayBegin(long path, int length) {
        return begins[length - 2].mayHold(last(path, length));
    }

    /** Whether a word may end with the path's last symbol, when no word begins with more than so many of its last symbols; never no when one does. */
    boolean mayEnd(long path, int length) {
        return (singles && single[(char) path])
                || (shorts
                        && length > 1
                        && (words[0].mayHold(last(path, 2)) || (length > 2 && words[1].mayHold(last(path, 3)))));
    }

    /** The node of the longest part of the path's last symbols that a word begins with. */
    int node(long path, int length) {
        int found = 0;
        for (int most = length; most > 1 && found == 0; most--) {
            found = exact(path, most);
        }
        return found != 0 ? found : fromRoot[(int) last(path, 1)];
    }

    /** The node of the path's last two or three symbols, or 0. */
    int exact(long path, int length) {
        if (length == 2) {
            return pairs.get((int) path);
        }
        int pair = pairs.get((int) (path >>> Character.SIZE));
        return pair == 0 ? 0 : child(pair, (int) last(path, 1));
    }

    private static long last(long path, int length) {
        return path & (-1L >>> (Long.SIZE - Character.SIZE * length));
    }

    /** The node's depth, but {@link #SIEVED} for all that are deeper. */
    int shallowDepth(int node) {
        if (node >= third) {
            return node >= fourth ? SIEVED : SIEVED - 1;
        }
        return node >= second ? 2 : node == ROOT ? 0 : 1;
    }

    /** The node that the symbol leads to from the root, or the root. */
    int first(int symbol) {
        return fromRoot[symbol];
    }

    /** The child of a node by that symbol, or 0. */
    int child(int node, int symbol) {
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
        while (node >= second) {
            int child = child(node, symbol);
            if (child != 0) {
                return child;
            }
            node = fail(node);
        }
        int child = node == ROOT ? 0 : exact(((long) symbol(node) << Character.SIZE) | symbol, 2);
        return child != 0 ? child : fromRoot[symbol];
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

    private int symbol(int node) {
        return nodes[node * WIDTH + SYMBOL];
    }
}
