package dev.cinnabar.label.propagation;

/** What a decision can stand on, or be hindered by. The words, in both languages, are in {@code grounds.tsv}. */
public enum Ground {
    /** The metadata label says that the content is generated. Details: the place. */
    LABEL_IS,
    /** The metadata label says may be: an earlier propagator had a declaration. Details: the place. */
    LABEL_MAY,
    /** The metadata label says suspected: an earlier propagator found traces. Details: the place. */
    LABEL_SUSPECTED,
    /** Remains of a label that no longer says anything clearly. Details: what is left. */
    LABEL_UNCLEAR,
    /** Further labels stand in the file; writing leaves one. Details: their places. */
    LABELS_MORE,
    /** The user declares the content generated. */
    DECLARED,
    /** The user denies it, which outweighs nothing found. */
    DENIED,
    /** A level that the producer's side signs is not raised. */
    SIGNED_LEVEL,
    /** An explicit label. Details: kind, place. */
    EXPLICIT_MARK,
    /** An IPTC source type that names a machine. Details: the value, the place. */
    SOURCE_TYPE,
    /** A C2PA manifest that names a machine; not validated. Details: what it says, the place. */
    C2PA,
    /** Metadata of a generator. Details: its name, the place. */
    GENERATOR,
    /** Not everything could be read. Details: why. */
    UNREAD,
    /** Nothing was found and nothing declared. */
    NOTHING,
    /** The user was not asked: remind them to declare. */
    REMIND
}
