package dev.cinnabar.review;

import java.util.ArrayList;
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

    /** The features in the order of their words; those of one word by id; one with several words is there several times. */
    private final Feature[] features;

    private final int size;
    private final int[] wordFrom;
    private final int[] wordTo;

    /** For the few features whose word repeats a letter, how often each letter stands there. */
    private final Map<Integer, byte[]> counts = new HashMap<>();

    View(Folds folds, List<Feature> all) {
        Map<Integer, byte[]> given = new HashMap<>();
        repeated = folds.has(Fold.REPEATED);
        insideWords = folds.has(Fold.INSIDE_WORDS);
        List<Feature> owners = new ArrayList<>(all.size());
        int[] begins = new int[all.size() + 1];
        int[] letters = new int[16];
        int words = 0;
        for (Feature feature :
                all.stream().sorted(Comparator.comparing(Feature::id)).toList()) {
            for (Word word : Word.all(feature)) {
                if (words + 1 == begins.length) {
                    begins = Arrays.copyOf(begins, words * 2 + 1);
                }
                int end = begins[words] + word.letters().length;
                if (end > letters.length) {
                    letters = Arrays.copyOf(letters, Math.max(end, letters.length * 2));
                }
                System.arraycopy(word.letters(), 0, letters, begins[words], word.letters().length);
                if (word.repeats()) {
                    given.put(words, word.counts());
                }
                owners.add(feature);
                begins[++words] = end;
            }
        }
        size = all.size();
        begins = Arrays.copyOf(begins, words + 1);
        symbols = new Symbols(FoldMap.of(folds), IntStream.of(letters).limit(begins[words]));
        char[] pool = new char[begins[words]];
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
            features[i] = owners.get(order[i]);
            if (given.containsKey(order[i])) {
                counts.put(i, given.getOrDefault(order[i], NO_COUNTS));
            }
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
        return size;
    }

    Stream<String> ids() {
        return Arrays.stream(features).map(Feature::id);
    }

    /** How often each letter of the feature's word stands there; empty when each stands once. */
    byte[] counts(int index) {
        return counts.isEmpty() ? NO_COUNTS : counts.getOrDefault(index, NO_COUNTS);
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
