package dev.cinnabar.label.propagation;

import dev.cinnabar.label.Lang;
import java.util.List;

/**
 * One reason of a decision.
 *
 * @param details what fills the gaps of the words
 */
public record Reason(Ground ground, List<String> details) {
    public Reason {
        details = List.copyOf(details);
    }

    static Reason of(Ground ground, String... details) {
        return new Reason(ground, List.of(details));
    }

    /** The reason for people. */
    public String message(Lang lang) {
        return PropagationWords.ground(ground, lang, details);
    }
}
