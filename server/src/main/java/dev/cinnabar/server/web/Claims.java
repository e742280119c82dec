package dev.cinnabar.server.web;

import dev.cinnabar.label.Reading;
import java.util.Optional;

/** Says of a file sent by anybody whether what its label claims of this service can be confirmed. Tells nothing that the label does not say itself. */
@FunctionalInterface
public interface Claims {
    /**
     * Whether the claim agrees with the records; empty where no label in the file names this service. What does not agree, what never was and what cannot be compared are one
     * answer, so that nobody learns from it what was made here.
     */
    Optional<Boolean> confirmed(String name, byte[] bytes, Reading reading);

    /** Where there are no records to ask. */
    static Claims none() {
        return (name, bytes, reading) -> Optional.empty();
    }
}
