package dev.cinnabar.review;

import java.util.Comparator;

/**
 * One place where a feature matched.
 *
 * @param start first UTF-16 unit in the original text
 * @param end one past the last UTF-16 unit in the original text
 * @param matched the original text between the two
 */
public record Hit(Feature feature, int start, int end, String matched) implements Comparable<Hit> {
    private static final Comparator<Hit> ORDER = Comparator.comparingInt(Hit::end)
            .thenComparingInt(Hit::start)
            .thenComparing(hit -> hit.feature().id());

    /** The order in which hits are found: by end, then start, then feature id. */
    @Override
    public int compareTo(Hit other) {
        return ORDER.compare(this, other);
    }
}
