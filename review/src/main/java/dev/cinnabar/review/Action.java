package dev.cinnabar.review;

import java.util.Locale;
import java.util.Optional;

/** What a hit asks for, from the mildest to the strongest. */
public enum Action {
    /** The text passes and the hit is noted. */
    NOTE,
    /** The text waits for a person. */
    HOLD,
    /** The text is refused. */
    BLOCK;

    /** The word used in files and answers: {@code note}, {@code hold} or {@code block}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action of that word in any letter case, or empty. */
    public static Optional<Action> of(String word) {
        return Words.find(values(), Action::word, word);
    }
}
