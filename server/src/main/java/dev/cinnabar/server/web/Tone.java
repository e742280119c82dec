package dev.cinnabar.server.web;

import java.util.Locale;

/** How a badge or notice is coloured; the word beside it always says the same. */
public enum Tone {
    PLAIN,
    GOOD,
    CARE,
    BAD,
    INFO;

    /** The class of the style sheet. */
    public String css() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }
}
