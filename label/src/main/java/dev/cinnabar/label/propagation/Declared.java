package dev.cinnabar.label.propagation;

import java.util.Optional;

/** What the user who publishes says of the content. */
public enum Declared {
    YES("yes"),
    NO("no"),
    /** Nothing was said; the platform reminds the user to declare (Art. 6 (4)). */
    UNSAID("unsaid");

    private final String word;

    Declared(String word) {
        this.word = word;
    }

    /** The word of the command line and of HTTP. */
    public String word() {
        return word;
    }

    /** The declaration whose word this is. */
    public static Optional<Declared> ofWord(String word) {
        for (Declared declared : values()) {
            if (declared.word.equals(word)) {
                return Optional.of(declared);
            }
        }
        return Optional.empty();
    }
}
