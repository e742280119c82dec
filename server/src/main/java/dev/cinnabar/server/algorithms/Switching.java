package dev.cinnabar.server.algorithms;

import java.time.Instant;

/**
 * How a function came to be on or off.
 *
 * @param actor who confirmed it, or the system for the state of a fresh data folder
 * @param request the request of two people, empty for the state of a fresh data folder
 */
public record Switching(String function, boolean on, Instant since, String actor, String reason, String request) {
    /** Somebody's wish to switch a function, until a second person answers it. */
    public record Request(
            String id, String function, boolean on, State state, String proposer, String reason, Instant at) {}

    /** Where a request stands. */
    public enum State {
        PROPOSED,
        CONFIRMED,
        REJECTED,
        WITHDRAWN
    }
}
