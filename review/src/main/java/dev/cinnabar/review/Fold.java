package dev.cinnabar.review;

import java.util.Locale;
import java.util.Optional;

/** One way in which a text may differ from a pattern and still match it. Each fold widens what matches; none narrows it. */
public enum Fold {
    /** Full-width and half-width forms are the same. */
    WIDTH,
    /** Upper and lower case are the same. */
    CASE,
    /** Traditional and simplified Chinese characters are the same. */
    TRADITIONAL,
    /** Zero-width characters, bidi controls, variation selectors and soft hyphens are passed over. */
    ZERO_WIDTH,
    /** Combining marks are passed over, and accented letters are their base letters. */
    COMBINING,
    /** Spaces, line breaks, punctuation and symbols inside a match are passed over, a few at a time. */
    SEPARATORS,
    /** Emoji inside a match are passed over, a few at a time. */
    EMOJI,
    /** Circled, squared, mathematical and other styled letters are the letters they style. */
    STYLES,
    /** Cyrillic, Greek and other letters that look like Latin ones are those Latin ones. */
    HOMOGLYPHS,
    /** A letter written several times in a row is that letter. */
    REPEATED,
    /** Digits and signs that stand for letters (0 for o, 3 for e) are those letters. Not among the defaults. */
    LEET,
    /** Chinese characters written as their parts (\u6728\u5bf8 for \u6751) are those characters; a small table. Not among the defaults. */
    SPLIT,
    /** A keyword of an alphabetic script matches inside a longer word too. Not among the defaults. */
    INSIDE_WORDS;

    /** The word used in files and answers: the name in lower case with hyphens, for example {@code zero-width}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The fold of that word in any letter case, with hyphen or underscore, or empty. */
    public static Optional<Fold> of(String word) {
        return Words.find(values(), Fold::word, word.replace('_', '-'));
    }
}
