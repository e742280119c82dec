package dev.cinnabar.label;

/** What IPTC digital source type a writer is asked to put beside the label, in formats that carry XMP. One that is there already is kept, and where it is another the result says so. */
public sealed interface Origin {
    /** {@code trainedAlgorithmicMedia} beside a label of level 1, nothing beside the others: a declaration or a suspicion names no source. */
    record Auto() implements Origin {}

    /** None. */
    record None() implements Origin {}

    /** This one. */
    record Of(SourceType type) implements Origin {}

    /** The usual one. */
    static Origin auto() {
        return new Auto();
    }

    /** None. */
    static Origin none() {
        return new None();
    }
}
