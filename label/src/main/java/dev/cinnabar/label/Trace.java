package dev.cinnabar.label;

import java.util.Optional;

/**
 * Something in a file, other than a label, that says where its content comes from.
 *
 * @param kind what says it
 * @param where the place it was met, e.g. {@code png:tEXt/parameters}
 * @param says what it says: the generator's name, the source type, or what a manifest tells of itself
 * @param machine whether it says that a machine made or edited the content: a trace of generation in the sense of the Labeling Measures, Art. 6 (3)
 */
public record Trace(Kind kind, String where, String says, boolean machine) {
    /** What can say it. */
    public enum Kind {
        /** {@code Iptc4xmpExt:DigitalSourceType} of the IPTC Photo Metadata Standard. */
        SOURCE_TYPE("source_type"),
        /** A C2PA manifest; read, not checked. */
        C2PA("c2pa"),
        /** Metadata of a known generator. */
        GENERATOR("generator");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word of the reports. */
        public String word() {
            return word;
        }
    }

    /** The source type that this trace names, where it names one of the vocabulary. */
    public Optional<SourceType> sourceType() {
        return kind == Kind.SOURCE_TYPE ? SourceType.of(says) : Optional.empty();
    }
}
