package dev.cinnabar.server.web;

import java.io.Serializable;
import java.util.List;

/**
 * A short message shown once, on the next page.
 *
 * @param key the message's key in the catalogue
 * @param gaps what fills its gaps
 */
public record Flash(Tone tone, String key, List<String> gaps) implements Serializable {
    public Flash {
        gaps = List.copyOf(gaps);
    }

    /** It was done. */
    public static Flash done(String key, String... gaps) {
        return new Flash(Tone.GOOD, key, List.of(gaps));
    }

    /** It was not done, or needs care. */
    public static Flash care(String key, String... gaps) {
        return new Flash(Tone.CARE, key, List.of(gaps));
    }
}
