package dev.cinnabar.server.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the gate must know of an end user, from memory.
 *
 * @param pseudonym a random name that stands for the user in the logs; erasure cuts the tie
 * @param acceptedCurrent whether the agreement in force is accepted
 */
public record Standing(
        String userId,
        String pseudonym,
        Identity identity,
        boolean acceptedCurrent,
        boolean minor,
        List<Restriction> restrictions) {

    /** A measure in force (Article 10, third paragraph); the gate compares {@code until} itself. */
    public sealed interface Restriction {
        /** The measure, to be named in the refusal, so that the user can appeal. */
        String measureId();
    }

    public record Limited(String measureId, String function, Optional<Instant> until) implements Restriction {}

    public record Suspended(String measureId, Instant until) implements Restriction {}

    public record Closed(String measureId) implements Restriction {}
}
