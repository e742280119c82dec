package dev.cinnabar.label.propagation;

/** The item of Art. 6 of the Labeling Measures that a decision comes from. */
public enum Branch {
    /** (1): the metadata says that the content is generated. */
    LABELLED("Labeling Measures Art. 6 (1)"),
    /** (2): the user declares it. */
    DECLARED("Labeling Measures Art. 6 (2)"),
    /** (3): an explicit label or other traces were detected. */
    DETECTED("Labeling Measures Art. 6 (3)"),
    /** (4): nothing; the user is reminded to declare. */
    NOTHING("Labeling Measures Art. 6 (4)"),
    /** The file could not be read well enough to say that there is nothing. */
    UNREAD("-");

    private final String clause;

    Branch(String clause) {
        this.clause = clause;
    }

    /** The clause, as reports name it. */
    public String clause() {
        return clause;
    }
}
