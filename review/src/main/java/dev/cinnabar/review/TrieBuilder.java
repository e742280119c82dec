package dev.cinnabar.review;

import java.util.Arrays;

/** Lays a {@link Trie} out from sorted words, level by level, then links it; no object per node. */
final class TrieBuilder {
    private final char[] pool;
    private final int[] begins;
    private final int[] order;
    private final int[] nodes;
    private int nodeCount = 1;
    private int[] levels = new int[Bounds.LETTERS + 4];
    private int levelCount;

    /** For each word number, where in the order its equals begin and end. */
    private int[] wordFrom = new int[16];

    private int[] wordTo = new int[16];
    private int words;

    /** What comes of it. */
    record Built(Trie trie, int[] wordFrom, int[] wordTo) {}

    private TrieBuilder(char[] pool, int[] begins, int[] order) {
        this.pool = pool;
        this.begins = begins;
        this.order = order;
        nodes = new int[Math.multiplyExact(count() + 1, Trie.WIDTH)];
    }

    /**
     * Builds the automaton.
     *
     * @param pool the symbols of all words, one word after another
     * @param begins where each word begins, and at last where the last one ends
     * @param order the words' numbers in ascending order of their symbols
     * @param symbols one more than the greatest symbol
     */
    static Built build(char[] pool, int[] begins, int[] order, int symbols) {
        TrieBuilder building = new TrieBuilder(pool, begins, order);
        building.layOut();
        Trie trie = new Trie(building.nodes, Arrays.copyOf(building.levels, building.levelCount), symbols);
        building.link(trie);
        return new Built(
                trie, Arrays.copyOf(building.wordFrom, building.words), Arrays.copyOf(building.wordTo, building.words));
    }

    /** The root and one node for each symbol that a word does not share with the word before it. */
    private int count() {
        int count = 1;
        for (int i = 0; i < order.length; i++) {
            int shared = i == 0 ? 0 : shared(order[i - 1], order[i]);
            count = Math.addExact(count, length(order[i]) - shared);
        }
        return count;
    }

    private int shared(int a, int b) {
        int most = Math.min(length(a), length(b));
        int same = 0;
        while (same < most && pool[begins[a] + same] == pool[begins[b] + same]) {
            same++;
        }
        return same;
    }

    private int length(int word) {
        return begins[word + 1] - begins[word];
    }

    private void layOut() {
        // Which words lie below each node of the level at hand: from each entry to the next.
        int[] from = {0};
        int[] to = {order.length};
        for (int depth = 0; from.length > 0; depth++) {
            levels[levelCount++] = nodeCount - from.length;
            int[] nextFrom = new int[Math.max(16, from.length * 2)];
            int[] nextTo = new int[nextFrom.length];
            int next = 0;
            for (int i = 0; i < from.length; i++) {
                int node = levels[depth] + i;
                nodes[node * Trie.WIDTH + Trie.FIRST_CHILD] = nodeCount;
                int at = ending(node, from[i], to[i], depth);
                while (at < to[i]) {
                    char symbol = pool[begins[order[at]] + depth];
                    int past = past(at, to[i], depth, symbol);
                    if (next == nextFrom.length) {
                        nextFrom = Arrays.copyOf(nextFrom, next * 2);
                        nextTo = Arrays.copyOf(nextTo, next * 2);
                    }
                    nextFrom[next] = at;
                    nextTo[next++] = past;
                    nodes[nodeCount++ * Trie.WIDTH + Trie.SYMBOL] = symbol;
                    at = past;
                }
            }
            from = Arrays.copyOf(nextFrom, next);
            to = Arrays.copyOf(nextTo, next);
        }
        levels[levelCount++] = nodeCount;
        nodes[nodeCount * Trie.WIDTH + Trie.FIRST_CHILD] = nodeCount;
    }

    /** Takes the words that end at the node, which come first among those below it; gives where the others begin. */
    private int ending(int node, int from, int to, int depth) {
        int at = from;
        while (at < to && length(order[at]) == depth) {
            at++;
        }
        if (at > from) {
            if (words == wordFrom.length) {
                wordFrom = Arrays.copyOf(wordFrom, words * 2);
                wordTo = Arrays.copyOf(wordTo, words * 2);
            }
            wordFrom[words] = from;
            wordTo[words] = at;
            nodes[node * Trie.WIDTH + Trie.HIT] = ~words++;
        }
        return at;
    }

    private int past(int from, int to, int depth, char symbol) {
        int at = from + 1;
        while (at < to && pool[begins[order[at]] + depth] == symbol) {
            at++;
        }
        return at;
    }

    /** Falls back to the longest proper suffix that is a node too; a shallower level is always done before a deeper one asks it. */
    private void link(Trie trie) {
        for (int node = 0; node < nodeCount; node++) {
            int behind = trie.fail(node);
            int end = nodes[(node + 1) * Trie.WIDTH];
            for (int child = nodes[node * Trie.WIDTH]; child < end; child++) {
                int at = child * Trie.WIDTH;
                int fail = node == Trie.ROOT ? Trie.ROOT : trie.next(behind, nodes[at + Trie.SYMBOL]);
                nodes[at + Trie.FAIL] = fail;
                if (nodes[at + Trie.HIT] == 0) {
                    int hit = trie.hit(fail);
                    nodes[at + Trie.HIT] = hit < 0 ? fail : hit;
                }
            }
        }
    }
}
