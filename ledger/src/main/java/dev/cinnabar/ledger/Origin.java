package dev.cinnabar.ledger;

/**
 * The name of a log, the first line of its checkpoints and the name of its key, for example {@code log.example.com/traffic}.
 * tlog-checkpoint: non-empty; we also refuse Unicode spaces, plus signs and control characters, because signed-note forbids them in key names.
 *
 * @param name the name
 */
public record Origin(String name) {
    /** Throws {@link IllegalArgumentException} for a name that could not be a key name. */
    public Origin {
        if (!fits(name)) {
            throw new IllegalArgumentException(
                    "an origin is a non-empty name without spaces, plus signs and control characters: \"" + name + '"');
        }
    }

    static boolean fits(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+'
                                || Character.isSpaceChar(c)
                                || Character.isWhitespace(c)
                                || Character.isISOControl(c)
                                || Character.getType(c) == Character.SURROGATE);
    }

    @Override
    public String toString() {
        return name;
    }
}
