package dev.cinnabar.server.gateway.surface;

/**
 * One run of text in an answer that a client puts together on its own.
 *
 * @param choice which of the {@code n} answers
 * @param call for arguments: which call of the answer, or {@link #LEGACY}; else 0
 */
public record Track(int choice, Kind kind, int call) {
    /** The one call of an answer in the old form {@code function_call}. */
    public static final int LEGACY = -1;

    /** What the text is; the word is its field in a delta. */
    public enum Kind {
        CONTENT("content"),
        REASONING("reasoning_content"),
        REFUSAL("refusal"),
        ARGUMENTS("arguments");

        private final String field;

        Kind(String field) {
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    /** Whether people read it as text: then it carries a label. */
    public boolean read() {
        return kind != Kind.ARGUMENTS;
    }
}
