package dev.cinnabar.review;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pattern after folding: its letters, and how often each is repeated.
 *
 * @param letters the folded code points; under {@link Fold#REPEATED} equal neighbours are one (digits excepted)
 * @param counts how often each stands there; all 1 without that fold
 */
record Word(int[] letters, byte[] counts) {

    /** The words of a feature that can be compiled: its pattern, and other ways to write it where they differ when folded. */
    static List<Word> all(Feature feature) {
        List<String> ways = Splits.ways(feature);
        Word pattern = of(ways.getFirst(), feature.folds());
        if (ways.size() == 1) {
            return List.of(pattern);
        }
        Map<String, Word> words = new LinkedHashMap<>();
        for (String way : ways) {
            Word word = of(way, feature.folds());
            if (word.objection(feature).isEmpty()) {
                words.putIfAbsent(Arrays.toString(word.letters) + Arrays.toString(word.counts), word);
            }
        }
        return List.copyOf(words.values());
    }

    /** Folds a pattern, whatever comes of it. */
    static Word of(String pattern, Folds folds) {
        FoldMap map = FoldMap.of(folds);
        boolean repeated = folds.has(Fold.REPEATED);
        int[] letters = new int[pattern.length()];
        byte[] counts = new byte[letters.length];
        int size = 0;
        for (int at = 0, cp; at < pattern.length(); at += Character.charCount(cp)) {
            cp = pattern.codePointAt(at);
            int one = cp <= 0xFFFF ? map.single(cp) : FoldMap.SEVERAL;
            for (int letter : one >= 0 ? new int[] {one} : map.fold(cp)) {
                if (letter < 0) {
                    continue;
                }
                if (repeated
                        && size > 0
                        && letters[size - 1] == letter
                        && FoldData.kind(letter) != Symbols.DIGIT
                        && counts[size - 1] < Byte.MAX_VALUE) {
                    counts[size - 1]++;
                    continue;
                }
                if (size == letters.length) {
                    letters = Arrays.copyOf(letters, size * 2);
                    counts = Arrays.copyOf(counts, size * 2);
                }
                counts[size] = 1;
                letters[size++] = letter;
            }
        }
        return new Word(Arrays.copyOf(letters, size), Arrays.copyOf(counts, size));
    }

    /** Whether any letter is repeated. */
    boolean repeats() {
        for (byte count : counts) {
            if (count > 1) {
                return true;
            }
        }
        return false;
    }

    /** Why a feature with this pattern cannot be compiled. */
    Optional<Objection> objection(Feature feature) {
        if (feature.pattern()
                .codePoints()
                .anyMatch(cp -> cp >= Character.MIN_SURROGATE && cp <= Character.MAX_SURROGATE)) {
            return Optional.of(new Objection(
                    "broken_pattern", "the pattern holds half of a surrogate pair", "write the whole character"));
        }
        int total = 0;
        for (byte count : counts) {
            total += count;
            if (count > Bounds.REPEATS) {
                return Optional.of(new Objection(
                        "too_repeated",
                        "one letter stands there more than " + Bounds.REPEATS + " times in a row",
                        "leave out the fold " + Fold.REPEATED.word()));
            }
        }
        if (total == 0
                || (total == 1
                        && feature.pattern().codePointCount(0, feature.pattern().length()) > 1)) {
            String left = total == 0 ? "no letter" : "a single letter";
            return Optional.of(new Objection(
                    "nothing_left",
                    "after folding there is " + left + " left of the pattern",
                    "leave out the folds that pass over its characters, or write a longer pattern"));
        }
        if (letters.length > Bounds.LETTERS) {
            return Optional.of(new Objection(
                    "too_long", "the folded pattern has more than " + Bounds.LETTERS + " letters", "shorten it"));
        }
        return Optional.empty();
    }
}
