package dev.cinnabar.label;

/**
 * An explicit label that people can see or hear.
 *
 * @param kind what it is
 * @param where the place in words of the format, e.g. {@code start}, {@code bottom-right}
 */
public record ExplicitMark(Kind kind, String where) {
    /** The kinds of GB 45438-2025 chapter 5. */
    public enum Kind {
        TEXT("text"),
        RHYTHM("rhythm"),
        SPEECH("speech"),
        UNKNOWN("unknown");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
