package dev.cinnabar.label;

/** How far a reader looks. */
public enum Look {
    /** Structure and metadata: no pixel and no sample is decoded, and no explicit label of a picture or sound is looked for. */
    METADATA,
    /** Metadata, then the content for explicit labels: pictures are decoded, sounds listened to. */
    CONTENT
}
