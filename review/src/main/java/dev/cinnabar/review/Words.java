package dev.cinnabar.review;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Finds the constant of a closed vocabulary by the word that stands for it in files. */
final class Words {
    private Words() {}

    static <T> Optional<T> find(T[] all, Function<T, String> wordOf, String word) {
        return Arrays.stream(all)
                .filter(one -> wordOf.apply(one).equalsIgnoreCase(word.strip()))
                .findFirst();
    }
}
