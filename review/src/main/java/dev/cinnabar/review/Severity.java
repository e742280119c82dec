package dev.cinnabar.review;

import java.util.Locale;
import java.util.Optional;

/** How grave a hit is for the order in which people look at it; it never changes the verdict. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH;

    /** The word used in files and answers: {@code low}, {@code medium} or {@code high}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity of that word in any letter case, or empty. */
    public static Optional<Severity> of(String word) {
        return Words.find(values(), Severity::word, word);
    }
}
