package dev.cinnabar.server.conduct;

/**
 * The statement of reasons of a measure.
 *
 * @param ground whether law or the provider's own rules were broken
 * @param clause the article, or the clause of the rules
 * @param category the risk of GB/T 45654-2025, like {@code A.1.h}; empty where none fits
 * @param facts what happened, without content that harms and without identity numbers
 * @param source how it came to notice
 * @param automated whether a machine alone found it
 */
public record Reasons(Ground ground, String clause, String category, String facts, Source source, boolean automated) {
    /** On what a measure stands. */
    public enum Ground {
        LAW,
        RULES
    }

    /** How a breach came to notice. */
    public enum Source {
        OWN_REVIEW,
        COMPLAINT,
        ORDER,
        OTHER
    }
}
