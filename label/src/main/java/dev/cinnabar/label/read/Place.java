package dev.cinnabar.label.read;

import dev.cinnabar.label.Found;

/**
 * A place in a format where a label can stand.
 *
 * @param name as reports name it, e.g. {@code png:iTXt/xmp}
 * @param standing what the guides say of it
 * @param asked the form the guide prints for this place
 * @param guide the guide that speaks of the format
 */
record Place(String name, Standing standing, Found.Form asked, String guide) {
    /** What the guides say of a place. */
    enum Standing {
        /** The guide's main place. */
        NORMATIVE,
        /** The guide's alternative, Annex B. */
        ANNEX_B,
        /** A habit of some vendor. */
        OTHER
    }

    static final String IMAGE_GUIDE = "TC260-PG-20259A";
    static final String AUDIO_GUIDE = "TC260-PG-202510A";
    static final String VIDEO_GUIDE = "TC260-PG-20257A";
    static final String TEXT_GUIDE = "TC260-PG-20258A";

    static Place main(String name, String guide) {
        return new Place(name, Standing.NORMATIVE, Found.Form.BARE, guide);
    }

    static Place annexB(String name, String guide) {
        return new Place(name, Standing.ANNEX_B, Found.Form.WRAPPED, guide);
    }

    static Place other(String name, String guide) {
        return new Place(name, Standing.OTHER, Found.Form.BARE, guide);
    }
}
