package dev.cinnabar.server.conduct;

import java.time.Instant;
import java.util.Optional;

/** What a measure does, step by step up the ladder of Article 10, third paragraph. */
public sealed interface Sanction {
    /** A warning: nothing is taken away. */
    record Warn() implements Sanction {}

    /** One function is off for the user. */
    record Limit(String function, Optional<Instant> until) implements Sanction {}

    /** Nothing may be generated or published until then. */
    record Suspend(Instant until) implements Sanction {}

    /** The account is closed for good. */
    record Close() implements Sanction {}

    /** The word in records: WARN, LIMIT_FUNCTION, SUSPEND, CLOSE. */
    default String word() {
        return switch (this) {
            case Warn() -> "WARN";
            case Limit limit -> "LIMIT_FUNCTION";
            case Suspend suspend -> "SUSPEND";
            case Close() -> "CLOSE";
        };
    }

    /** When it ends by itself, where it does. */
    default Optional<Instant> end() {
        return switch (this) {
            case Warn() -> Optional.empty();
            case Limit limit -> limit.until();
            case Suspend suspend -> Optional.of(suspend.until());
            case Close() -> Optional.empty();
        };
    }
}
