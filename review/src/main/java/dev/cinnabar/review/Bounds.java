package dev.cinnabar.review;

/** How far apart the letters of one match may lie. Each skipped run is bounded, so that a stream never waits without end. */
final class Bounds {
    /** Separators and emoji between two letters of a match, in code points. */
    static final int SEPARATORS = 8;

    /** Zero-width characters and combining marks between two letters, in code points; one more and they part words like a space. */
    static final int INVISIBLES = 256;

    /** How often a letter may be repeated inside a match; of a longer run at its beginning the last letter counts as the beginning. */
    static final int REPEATS = 64;

    /** Letters of a folded pattern. */
    static final int LETTERS = 256;

    /** UTF-16 units from the beginning of a match to its end. */
    static final int SPAN = 4_096;

    private Bounds() {}
}
