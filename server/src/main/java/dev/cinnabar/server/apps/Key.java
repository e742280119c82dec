package dev.cinnabar.server.apps;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is kept of an API key: everything but the key.
 *
 * @param hint its last four characters
 * @param ends the end of its overlap, once it is rotated
 * @param replaces the key that it was rotated from
 * @param lastUsed to the day, in UTC
 */
public record Key(
        String id,
        String appId,
        String hint,
        Grant grant,
        Instant created,
        String createdBy,
        Optional<Instant> ends,
        Optional<String> replaces,
        Optional<Revoked> revoked,
        Optional<LocalDate> lastUsed) {

    /** When the key stops, if ever: its expiry or the end of its overlap, whichever is first. */
    public Optional<Instant> until() {
        if (ends.isPresent() && grant.expires().isPresent()) {
            return ends.get().isBefore(grant.expires().get()) ? ends : grant.expires();
        }
        return ends.or(grant::expires);
    }

    /** What the key may do at this moment, for people to read. */
    public State state(Instant now) {
        if (revoked.isPresent()) {
            return State.REVOKED;
        }
        if (until().filter(end -> !now.isBefore(end)).isPresent()) {
            return State.EXPIRED;
        }
        return ends.isPresent() ? State.OVERLAPPING : State.VALID;
    }

    /** Whether a key works, and why not. */
    public enum State {
        VALID,
        /** Rotated, and valid until its overlap ends. */
        OVERLAPPING,
        EXPIRED,
        REVOKED
    }

    /** Who revoked a key, when and why. */
    public record Revoked(Instant at, String by, String reason) {}

    /**
     * What a key may do.
     *
     * @param perMinute requests a minute, where limited
     * @param perDay requests a day, where limited
     */
    public record Grant(Set<Scope> scopes, OptionalInt perMinute, OptionalLong perDay, Optional<Instant> expires) {
        public Grant {
            scopes = Set.copyOf(scopes);
        }

        /** Every scope, no limit, no end. */
        public static Grant everything() {
            return new Grant(Set.of(Scope.values()), OptionalInt.empty(), OptionalLong.empty(), Optional.empty());
        }
    }
}
