package dev.cinnabar.review;

import java.util.Set;

/** Decides for one scan which of the words that the automaton found are hits: word boundaries, repeats, the longest span, and what waits for the next letter. */
final class Matches {
    private final View view;
    private final Trie trie;
    private final Items items;
    private final Set<String> masked;

    /** Words that match if no letter or digit follows; all end at the same place. */
    private final Found pending = new Found();

    private int pendingKind;
    private final Found notes = new Found();
    private final Found stops = new Found();
    private boolean blocks;

    /** @param masked ids of features that count no more */
    Matches(View view, Items items, Set<String> masked) {
        this.view = view;
        this.items = items;
        this.masked = masked;
        trie = view.trie;
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

    /** What matches if no letter or digit follows. */
    Found pending() {
        return pending;
    }

    /** Looks at every word that ends at the node, whose last letter is the newest item. */
    void at(int node, int end) {
        for (int at = node; trie.hit(at) != 0; ) {
            int hit = trie.hit(at);
            if (hit > 0) {
                at = hit;
            } else {
                word(~hit, items.newest() - trie.depth(at) + 1, end);
                at = trie.fail(at);
            }
        }
    }

    /** Decides what waited for the next letter, now that its kind is known. */
    void settle(int kind) {
        if (kind != pendingKind) {
            for (int row = 0; row < pending.size(); row++) {
                found(pending.feature(row), pending.start(row), pending.end(row));
            }
        }
        pending.clear();
    }

    /** Whether a match may begin with this item: not in the middle of a longer word or number. */
    boolean begins(int first) {
        int kind = items.kind(first);
        return kind == Symbols.NEITHER || view.insideWords || items.before(first) != kind;
    }

    /** Whether more text can make a match of the node's letters, the last of which is the newest item. */
    boolean grows(int node) {
        if (trie.hasChildren(node)) {
            return true;
        }
        int kind = items.kind(items.newest());
        if (!view.repeated || kind == Symbols.DIGIT) {
            return false;
        }
        if (kind == Symbols.LETTER && !view.insideWords) {
            return true;
        }
        int word = ~trie.hit(node);
        int end = trie.depth(node) - 1;
        for (int feature = view.firstFeature(word); feature < view.lastFeature(word); feature++) {
            byte[] wanted = view.counts(feature);
            if (wanted.length > 0 && wanted[end] > items.count(items.newest())) {
                return true;
            }
        }
        return false;
    }

    private void word(int word, int first, int end) {
        int start = items.start(first);
        if (end - start > Bounds.SPAN || !begins(first)) {
            return;
        }
        int kind = items.kind(items.newest());
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

    /** Whether the items are repeated as the feature's pattern wants it. */
    private boolean counts(int feature, int first, boolean wholeWord) {
        byte[] wanted = view.counts(feature);
        if (wanted.length == 0 && !items.repeatedFrom(first)) {
            return true;
        }
        boolean each = true;
        boolean doubled = wholeWord;
        for (int item = first; item <= items.newest() && (each || doubled); item++) {
            int want = wanted.length == 0 ? 1 : wanted[item - first];
            int count = items.count(item);
            each &= enough(count, want, item, first, wholeWord);
            doubled &= count >= 2 * want;
        }
        return each || doubled;
    }

    /**
     * A letter of a spaced script stands as often as in the pattern, or three times and more ({@code god} is not in {@code good}, but in {@code goood}), unless all letters are
     * doubled; others as often or more. The last item decides once, when it is reached, unless what follows is awaited anyway.
     */
    private boolean enough(int count, int want, int item, int first, boolean wholeWord) {
        if (item == items.newest() && !wholeWord) {
            return count == want;
        }
        boolean free = items.kind(item) == Symbols.NEITHER || (item == first && view.insideWords);
        return count == want || (count > want && (free || count >= 3));
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
