package dev.cinnabar.review;

import java.util.Set;

/**
 * One reading of a text by one {@link View}: takes the text piece by piece, keeps where the automaton stands, and finds hits in the order of their ends.
 *
 * <p>A letter of the text that folds to a symbol is an item; what is passed over lies between items. On the first levels the automaton's node is not looked
 * up: sieves tell from the last symbols how deep it can be, and in ordinary text most steps come back from there at once.
 */
final class Scan {
    private final View view;
    private final Trie trie;
    private final Symbols symbols;
    private final Items items;
    private final Matches matches;

    /** Where the automaton stands; or, negative, the most symbols of the path that lead there, and the node is not looked up. */
    private int node;

    /** The last four symbols, of 16 bits each, the last one lowest; 0 where nothing can go on. */
    private long path;

    private int before;
    private int separators;
    private int invisibles;

    /** @param masked ids of features that count no more */
    Scan(View view, Set<String> masked) {
        this.view = view;
        trie = view.trie;
        symbols = view.symbols;
        items = new Items(trie.longest());
        matches = new Matches(view, items, masked);
    }

    /**
     * Reads the next piece. A surrogate pair must not be cut between two pieces.
     *
     * @param offset of the piece's first unit in the whole text
     */
    void read(char[] text, int length, int offset) {
        char[] low = symbols.low;
        for (int i = 0; i < length; i++) {
            int symbol = low[text[i]];
            if (symbol >= Symbols.FIRST) {
                item(symbol, offset + i, offset + i + 1);
            } else {
                i += other(symbol, text, i, length, offset);
            }
        }
    }

    /** Says that the text ends here. */
    void end() {
        part(Symbols.NEITHER);
    }

    View view() {
        return view;
    }

    Matches matches() {
        return matches;
    }

    /**
     * Where the earliest match begins that is undecided or could still come: of what was read until {@code position}, everything before it is settled. Repeats are not
     * compared before a word is complete.
     */
    int live(int position) {
        int live = position;
        for (int row = 0; row < matches.pending().size(); row++) {
            live = Math.min(live, matches.pending().start(row));
        }
        resolve();
        for (int at = node; at != Trie.ROOT; at = trie.fail(at)) {
            int first = items.newest() - trie.depth(at) + 1;
            int start = items.start(first);
            if (position - start < Bounds.SPAN && matches.begins(first) && matches.grows(at)) {
                return Math.min(live, start);
            }
        }
        return live;
    }

    private void item(int symbol, int start, int end) {
        int kind = view.kind(symbol);
        if (matches.pending().size() > 0) {
            matches.settle(kind);
        }
        if (symbol == (char) path && view.repeated && kind != Symbols.DIGIT) {
            again(symbol, kind, start, end);
        } else {
            items.add(start, kind, before);
            step(symbol, end);
        }
        before = kind;
        separators = 0;
        invisibles = 0;
    }

    private void step(int symbol, int end) {
        int depth = node < 0 ? -node : trie.shallowDepth(node);
        path = (path << Character.SIZE) | symbol;
        if (depth == Trie.SIEVED || (depth == Trie.SIEVED - 1 && trie.mayBegin(path, Trie.SIEVED))) {
            deep(node < 0 ? trie.node(path >>> Character.SIZE, depth) : node, symbol, end);
        } else {
            shallow(depth, end);
        }
    }

    /** Goes on from a node of at most this depth that has no child by the last symbol. */
    private void shallow(int depth, int end) {
        if (depth >= 2 && trie.mayBegin(path, 3)) {
            node = -3;
        } else {
            node = trie.mayBegin(path, 2) ? -2 : -1;
        }
        if (trie.mayEnd(path, -node)) {
            resolve();
            report(end);
        }
    }

    /** Goes on from a node that is looked up, of any depth. */
    private void deep(int from, int symbol, int end) {
        int at = from;
        int depth = trie.shallowDepth(at);
        while (depth == Trie.SIEVED || (depth == Trie.SIEVED - 1 && trie.mayBegin(path, Trie.SIEVED))) {
            int child = trie.child(at, symbol);
            if (child != 0) {
                node = child;
                report(end);
                return;
            }
            at = trie.fail(at);
            depth = trie.shallowDepth(at);
        }
        shallow(depth, end);
    }

    /** Looks the node up. */
    private void resolve() {
        if (node < 0) {
            node = trie.node(path, -node);
        }
    }

    private void report(int end) {
        if (trie.hit(node) != 0) {
            matches.at(node, end);
        }
    }

    /** The same letter once more: the item grows, the automaton stays. */
    private void again(int symbol, int kind, int start, int end) {
        resolve();
        if (items.count(items.newest()) >= Bounds.REPEATS) {
            node = trie.first(symbol);
            items.anew(start, kind, before);
        } else {
            items.again();
        }
        report(end);
    }

    /** What is no item: passed over, part of a surrogate pair, several letters in one, or a letter no word has. Gives how many more units it took. */
    private int other(int symbol, char[] text, int i, int length, int offset) {
        if (symbol != Symbols.HIGH_SURROGATE) {
            skip(symbol, text[i], offset + i, offset + i + 1);
            return 0;
        }
        if (i + 1 >= length || !Character.isLowSurrogate(text[i + 1])) {
            part(Symbols.NEITHER);
            return 0;
        }
        int codePoint = Character.toCodePoint(text[i], text[i + 1]);
        int start = offset + i;
        int high = symbols.of(codePoint);
        if (high >= Symbols.FIRST) {
            item(high, start, start + 2);
        } else {
            skip(high, codePoint, start, start + 2);
        }
        return 1;
    }

    private void skip(int symbol, int codePoint, int start, int end) {
        switch (symbol) {
            case Symbols.INVISIBLE -> invisible();
            case Symbols.SEPARATOR -> separator();
            case Symbols.SEVERAL -> several(codePoint, start, end);
            default -> part(symbol);
        }
    }

    private void several(int codePoint, int start, int end) {
        for (int symbol : symbols.several(codePoint)) {
            if (symbol >= Symbols.FIRST) {
                item(symbol, start, end);
            } else {
                part(symbol);
            }
        }
    }

    private void invisible() {
        if (++invisibles > Bounds.INVISIBLES) {
            part(Symbols.NEITHER);
        }
    }

    private void separator() {
        matches.settle(Symbols.NEITHER);
        before = Symbols.NEITHER;
        if (++separators > Bounds.SEPARATORS) {
            part(Symbols.NEITHER);
        }
    }

    /** Nothing that began before this can go on after it. */
    private void part(int kind) {
        matches.settle(kind);
        before = kind;
        node = Trie.ROOT;
        path = 0;
        separators = 0;
        invisibles = 0;
    }
}
