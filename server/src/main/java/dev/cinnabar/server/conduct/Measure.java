package dev.cinnabar.server.conduct;

import dev.cinnabar.server.law.Words;
import java.time.Instant;
import java.util.Optional;

/**
 * A measure against a user.
 *
 * @param userId the user's own id (not the application's name for them)
 * @param notice what the user is told: the measure, why, what is still possible, how and until when to appeal
 */
public record Measure(
        String id, String userId, Sanction sanction, State state, Reasons reasons, Words notice, Instant made) {
    /** Where a measure is. */
    public enum State {
        /** Waits for a second person; not in force. */
        PROPOSED,
        DECLINED,
        /** In force at once; lapses unless another person confirms. */
        URGENT,
        LAPSED,
        EFFECTIVE,
        EXPIRED,
        LIFTED,
        /** In force while somebody else looks at it again. */
        APPEALED,
        REVERSED;

        /** Whether the gate must heed it. */
        public boolean inForce() {
            return switch (this) {
                case URGENT, EFFECTIVE, APPEALED -> true;
                case PROPOSED, DECLINED, LAPSED, EXPIRED, LIFTED, REVERSED -> false;
            };
        }
    }

    /** Whether it binds at this moment: the gate does not wait for the timer that records the end. */
    public boolean binds(Instant now) {
        return state.inForce() && sanction.end().map(now::isBefore).orElse(true);
    }

    /** When it ends by itself, where it does. */
    public Optional<Instant> end() {
        return sanction.end();
    }
}
