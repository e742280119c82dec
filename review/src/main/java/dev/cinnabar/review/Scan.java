package dev.cinnabar.review;

import java.util.Set;

/**
 * One reading of a text by one {@link View}: takes the text piece by piece, keeps where the automaton stands, and finds hits in the order of their ends.
 *
 * <p>A letter of the text that folds to a symbol is an item; what is passed over lies between items. The last items are remembered in a ring: where each began, how
 * often it is repeated, its kind, and the kind of the code point before it.
 */
final class Scan {
    private static final int START = 16;
    private static final int COUNT = 4;
    private static final int COUNT_MASK = 0xFFF;
    private static final int KIND = 2;
    private static final int KIND_MASK = 3;

    private final View view;
    private final Trie trie;
    private final Symbols symbols;
    private final Set<String> masked;
    private final long[] ring;
    private final int ringMask;

    private int node;
    private int item;
    private int last = -1;
    private int before;
    private int separators;
    private int invisibles;

    /** The newest item that is repeated. */
    private int repeatedItem = -1;

    /** Words that match if no letter or digit follows; all end at the same place. */
    private final Found pending = new Found();

    private int pendingKind;

    private final Found notes = new Found();
    private final Found stops = new Found();
    private boolean blocks;

    /**
     * @param masked ids of features that count no more
     */
    Scan(View view, Set<String> masked) {
        this.view = view;
        this.masked = masked;
        trie = view.trie;
        symbols = view.symbols;
        int size = Math.max(2, Integer.highestOneBit(Math.max(1, trie.longest())) * 2);
        ring = new long[size];
        ringMask = size - 1;
    }

    /**
     * Reads the next piece. A surrogate pair must not be cut between two pieces.
     *
     * @param offset of the piece's first unit in the whole text
     */
    void read(char[] text, int length, int offset) {
        char[] low = symbols.low;
        int firstRest = symbols.firstRest;
        for (int i = 0; i < length; i++) {
            int symbol = low[text[i]];
            if (symbol >= firstRest && symbol != last && pending.size() == 0) {
                item++;
                ring[item & ringMask] = ((long) (offset + i) << START) | (1 << COUNT) | before;
                before = Symbols.NEITHER;
                separators = 0;
                invisibles = 0;
                last = view.repeated ? symbol : -1;
                step(symbol, offset + i + 1);
            } else if (symbol >= Symbols.FIRST) {
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

    private void step(int symbol, int end) {
        int from = node;
        if (from <= trie.firstLevelEnd) {
            int child = trie.second(from, symbol);
            if (child == 0) {
                child = trie.fromRoot[symbol];
                node = child & ~Trie.ENDS;
                if (child < 0) {
                    report(end);
                }
                return;
            }
            node = child;
        } else {
            node = trie.next(from, symbol);
        }
        if (trie.hit(node) != 0) {
            report(end);
        }
    }

    /** What is no item: passed over, part of a surrogate pair, several letters in one, or a letter no word has. Gives how many more units it took. */
    private int other(int symbol, char[] text, int i, int length, int offset) {
        switch (symbol) {
            case Symbols.INVISIBLE -> invisible();
            case Symbols.SEPARATOR -> separator();
            case Symbols.SEVERAL -> several(text[i], offset + i, offset + i + 1);
            case Symbols.HIGH_SURROGATE -> {
                if (i + 1 < length && Character.isLowSurrogate(text[i + 1])) {
                    high(Character.toCodePoint(text[i], text[i + 1]), offset + i);
                    return 1;
                }
                part(Symbols.NEITHER);
            }
            default -> part(symbol);
        }
        return 0;
    }

    private void high(int codePoint, int start) {
        int symbol = symbols.of(codePoint);
        if (symbol >= Symbols.FIRST) {
            item(symbol, start, start + 2);
            return;
        }
        switch (symbol) {
            case Symbols.INVISIBLE -> invisible();
            case Symbols.SEPARATOR -> separator();
            case Symbols.SEVERAL -> several(codePoint, start, start + 2);
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
        settle(Symbols.NEITHER);
        before = Symbols.NEITHER;
        if (++separators > Bounds.SEPARATORS) {
            part(Symbols.NEITHER);
        }
    }

    /** Nothing that began before this can go on after it. */
    private void part(int kind) {
        settle(kind);
        before = kind;
        node = Trie.ROOT;
        last = -1;
        separators = 0;
        invisibles = 0;
    }

    private void item(int symbol, int start, int end) {
        int kind = view.kind(symbol);
        settle(kind);
        if (symbol == last) {
            again(symbol, kind, start, end);
        } else {
            item++;
            ring[item & ringMask] = ((long) start << START) | (1 << COUNT) | (kind << KIND) | before;
            last = view.repeated && kind != Symbols.DIGIT ? symbol : -1;
            step(symbol, end);
        }
        before = kind;
        separators = 0;
        invisibles = 0;
    }

    /** The same letter once more: the item grows, the automaton stays. */
    private void again(int symbol, int kind, int start, int end) {
        int at = item & ringMask;
        if (count(item) >= Bounds.REPEATS) {
            // Counted no further: one more than any pattern can want.
            node = trie.fromRoot[symbol] & ~Trie.ENDS;
            ring[at] = ((long) start << START) | ((Bounds.REPEATS + 1) << COUNT) | (kind << KIND) | before;
        } else {
            ring[at] += 1 << COUNT;
        }
        repeatedItem = item;
        if (trie.hit(node) != 0) {
            report(end);
        }
    }

    /**
     * Where the earliest match begins that is undecided or could still come: of what was read until {@code position}, everything before it is settled. Repeats are not
     * compared before a word is complete.
     */
    int live(int position) {
        int live = position;
        for (int row = 0; row < pending.size(); row++) {
            live = Math.min(live, pending.start(row));
        }
        for (int at = node; at != Trie.ROOT; at = trie.fail(at)) {
            int first = item - trie.depth(at) + 1;
            if (position - start(first) < Bounds.SPAN && begins(first) && grows(at)) {
                return Math.min(live, start(first));
            }
        }
        return live;
    }

    /** Where what waits for its next letter ends; {@code Integer.MAX_VALUE} when nothing waits. */
    int pendingEnd() {
        return pending.size() == 0 ? Integer.MAX_VALUE : pending.end(0);
    }

    /** Hits that let the text pass, by end. */
    Found notes() {
        return notes;
    }

    /** Hits that hold or block, by end. */
    Found stops() {
        return stops;
    }

    /** Whether any hit blocks, listed or not. */
    boolean blocks() {
        return blocks;
    }

    View view() {
        return view;
    }

    /** Whether more text can make a longer match of the node's letters. */
    private boolean grows(int at) {
        if (trie.hasChildren(at)) {
            return true;
        }
        if (last < 0) {
            return false;
        }
        if (kind(item) != Symbols.NEITHER && !view.insideWords) {
            return true;
        }
        int word = ~trie.hit(at);
        int end = trie.depth(at) - 1;
        for (int feature = view.firstFeature(word); feature < view.lastFeature(word); feature++) {
            byte[] wanted = view.counts(feature);
            if (wanted.length > 0 && wanted[end] > count(item)) {
                return true;
            }
        }
        return false;
    }

    private int start(int of) {
        return (int) (ring[of & ringMask] >>> START);
    }

    private int count(int of) {
        return (int) (ring[of & ringMask] >>> COUNT) & COUNT_MASK;
    }

    private int kind(int of) {
        return (int) (ring[of & ringMask] >>> KIND) & KIND_MASK;
    }

    private int beforeOf(int of) {
        return (int) ring[of & ringMask] & KIND_MASK;
    }

    /** Looks at every word that ends at the node the automaton stands on. */
    private void report(int end) {
        for (int at = node; ; ) {
            int hit = trie.hit(at);
            if (hit == 0) {
                return;
            }
            if (hit > 0) {
                at = hit;
                continue;
            }
            word(~hit, item - trie.depth(at) + 1, end);
            at = trie.fail(at);
        }
    }

    private void word(int word, int first, int end) {
        int start = start(first);
        if (end - start > Bounds.SPAN || !begins(first)) {
            return;
        }
        int kind = kind(item);
        boolean waits = kind != Symbols.NEITHER && !view.insideWords;
        for (int feature = view.firstFeature(word); feature < view.lastFeature(word); feature++) {
            if (view.repeated && !counts(feature, first, waits)) {
                continue;
            }
            if (waits) {
                pendingKind = kind;
                pending.add(feature, start, end);
            } else {
                found(feature, start, end);
            }
        }
    }

    /** Whether a match may begin with this item: not in the middle of a longer word or number. */
    private boolean begins(int first) {
        int kind = kind(first);
        return kind == Symbols.NEITHER || view.insideWords || beforeOf(first) != kind;
    }

    /** Whether the items are repeated as the feature's pattern wants it. */
    private boolean counts(int feature, int first, boolean wholeWord) {
        byte[] wanted = view.counts(feature);
        if (wanted.length == 0 && repeatedItem < first) {
            return true;
        }
        for (int at = first; at <= item; at++) {
            int want = wanted.length == 0 ? 1 : wanted[at - first];
            if (!enough(count(at), want, at, first, wholeWord)) {
                return false;
            }
        }
        return true;
    }

    /**
     * A letter of a spaced script stands as often as in the pattern, or three times and more ({@code god} is not in {@code good}, but in {@code goood}); others as
     * often or more. The last item decides once, when it is reached, unless what follows is awaited anyway.
     */
    private boolean enough(int count, int want, int at, int first, boolean wholeWord) {
        if (at == item && !wholeWord) {
            return count == want;
        }
        boolean free = kind(at) == Symbols.NEITHER || (at == first && view.insideWords);
        return count == want || (count > want && (free || count >= 3));
    }

    /** Decides what waited for the next letter, now that its kind is known. */
    private void settle(int kind) {
        if (pending.size() == 0) {
            return;
        }
        if (kind != pendingKind) {
            for (int row = 0; row < pending.size(); row++) {
                found(pending.feature(row), pending.start(row), pending.end(row));
            }
        }
        pending.clear();
    }

    private void found(int index, int start, int end) {
        Feature feature = view.feature(index);
        if (!masked.isEmpty() && masked.contains(feature.id())) {
            return;
        }
        blocks |= feature.action() == Action.BLOCK;
        Found list = feature.action() == Action.NOTE ? notes : stops;
        if (list.size() < Library.MOST_HITS) {
            list.add(index, start, end);
        }
    }
}
