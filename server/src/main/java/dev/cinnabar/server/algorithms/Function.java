package dev.cinnabar.server.algorithms;

import dev.cinnabar.server.law.Words;

/**
 * A function that the law tells apart.
 *
 * @param item the technology class of Art. 23, 1 to 6
 * @param mark the service kind of Art. 17 that its output is marked as
 * @param first whether it is on in a fresh data folder
 */
public record Function(String id, int item, String mark, Trait trait, boolean first, Words name) {
    /** What makes a function weigh more. */
    public enum Trait {
        NONE,
        /** Generates or edits faces and postures (Art. 14, 15(1)). */
        FACE,
        /** Generates or edits a person's voice (Art. 14, 15(1)). */
        VOICE,
        /** May touch special objects or scenes (Art. 15(2)). */
        SPECIAL;

        /** Whether it is biometric information that the function makes or edits. */
        public boolean biometric() {
            return switch (this) {
                case FACE, VOICE -> true;
                case NONE, SPECIAL -> false;
            };
        }
    }
}
