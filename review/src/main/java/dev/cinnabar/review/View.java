package dev.cinnabar.review;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All features of one set of folds, compiled: how they see text, the automaton of their words, and which features each word stands for. */
final class View {
    private static final byte[] NO_COUNTS = new byte[0];

    final Symbols symbols;
    final Trie trie;
    final boolean repeated;
    final boolean insideWords;

    /** The features in the order of their words; those of one word by id. */
    private final Feature[] features;

    private final int[] wordFrom;
    private final int[] wordTo;

    /** For the few features whose word repeats a letter, how often each letter stands there. */
    private final Map<String, byte[]> counts = new HashMap<>();

    View(Folds folds, List<Feature> all) {
        repeated = folds.has(Fold.REPEATED);
        insideWords = folds.has(Fold.INSIDE_WORDS);
        List<Feature> byId =
                all.stream().sorted(Comparator.comparing(Feature::id)).toList();
        int[] begins = new int[byId.size() + 1];
        int[] letters = new int[16];
        for (int i = 0; i < byId.size(); i++) {
            Word word = Word.of(byId.get(i));
            begins[i + 1] = begins[i] + word.letters().length;
            if (begins[i + 1] > letters.length) {
                letters = Arrays.copyOf(letters, Math.max(begins[i + 1], letters.length * 2));
            }
            System.arraycopy(word.letters(), 0, letters, begins[i], word.letters().length);
            if (word.repeats()) {
                counts.put(byId.get(i).id(), word.counts());
            }
        }
        symbols = new Symbols(FoldMap.of(folds), IntStream.of(letters).limit(begins[byId.size()]));
        char[] pool = new char[begins[byId.size()]];
        for (int i = 0; i < pool.length; i++) {
            pool[i] = symbols.symbol(letters[i]);
        }
        int[] order = new WordSort(pool, begins).sorted();
        TrieBuilder.Built built = TrieBuilder.build(pool, begins, order, symbols.end);
        trie = built.trie();
        wordFrom = built.wordFrom();
        wordTo = built.wordTo();
        features = new Feature[order.length];
        for (int i = 0; i < order.length; i++) {
            features[i] = byId.get(order[i]);
        }
    }

    int firstFeature(int word) {
        return wordFrom[word];
    }

    int lastFeature(int word) {
        return wordTo[word];
    }

    Feature feature(int index) {
        return features[index];
    }

    int size() {
        return features.length;
    }

    Stream<String> ids() {
        return Arrays.stream(features).map(Feature::id);
    }

    /** How often each letter of the feature's word stands there; empty when each stands once. */
    byte[] counts(int index) {
        return counts.isEmpty() ? NO_COUNTS : counts.getOrDefault(features[index].id(), NO_COUNTS);
    }

    /** What a symbol is beside a word's edge. */
    int kind(int symbol) {
        if (symbol < Symbols.FIRST) {
            return symbol;
        }
        return symbol >= symbols.firstRest
                ? Symbols.NEITHER
                : symbol < symbols.firstDigit ? Symbols.LETTER : Symbols.DIGIT;
    }
}
