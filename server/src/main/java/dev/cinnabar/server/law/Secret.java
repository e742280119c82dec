package dev.cinnabar.server.law;

/** A secret from an environment variable or a file: it can be used, but not printed by accident. */
public final class Secret {
    private final String source;
    private final String value;

    /**
     * A secret.
     *
     * @param source where it came from, like {@code env:NAME} or {@code file:PATH}; may be shown
     */
    public Secret(String source, String value) {
        this.source = source;
        this.value = value;
    }

    /** The secret itself: hand it to who needs it, and to no log. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && source.equals(that.source) && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    /** Where it came from; never what it is. */
    @Override
    public String toString() {
        return source + " (hidden)";
    }
}
