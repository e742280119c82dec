package dev.cinnabar.label;

import java.util.Optional;

/** The label attribute of GB 45438-2025 Annex E c): is, may be, or is suspected to be generated. */
public enum Level {
    IS("1", "is"),
    MAY("2", "may"),
    SUSPECTED("3", "suspected");

    private final String code;
    private final String word;

    Level(String code, String word) {
        this.code = code;
        this.word = word;
    }

    /** The value of the key {@code Label}: "1", "2" or "3". */
    public String code() {
        return code;
    }

    /** The word of the command line: is, may, suspected. */
    public String word() {
        return word;
    }

    /** The level whose value of {@code Label} this is. */
    public static Optional<Level> ofCode(String code) {
        for (Level level : values()) {
            if (level.code.equals(code)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    /** The level whose command-line word this is. */
    public static Optional<Level> ofWord(String word) {
        for (Level level : values()) {
            if (level.word.equals(word)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
