package dev.cinnabar.review;

import java.util.Locale;
import java.util.Optional;

/** How a feature's pattern is read. */
public enum Kind {
    /** The pattern is the text itself, matched through the feature's folds. */
    KEYWORD,
    /** The pattern is a regular expression; reserved: {@link Library#objection} refuses it for now. */
    REGEX;

    /** The word used in files and answers: {@code keyword} or {@code regex}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that word in any letter case, or empty. */
    public static Optional<Kind> of(String word) {
        return Words.find(values(), Kind::word, word);
    }
}
