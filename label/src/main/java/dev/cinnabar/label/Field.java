package dev.cinnabar.label;

/** The seven keys of the implicit label, in the order of GB 45438-2025 Annex E b). */
public enum Field {
    LABEL("Label"),
    CONTENT_PRODUCER("ContentProducer"),
    PRODUCE_ID("ProduceID"),
    RESERVED_CODE_1("ReservedCode1"),
    CONTENT_PROPAGATOR("ContentPropagator"),
    PROPAGATE_ID("PropagateID"),
    RESERVED_CODE_2("ReservedCode2");

    private final String key;

    Field(String key) {
        this.key = key;
    }

    /** The key as Annex E writes it. */
    public String key() {
        return key;
    }
}
