package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import java.util.Map;
import java.util.function.Function;

/** What an application is answered. */
public sealed interface Reply {
    /** A JSON object. */
    record Json(int status, Map<String, ?> object) implements Reply {}

    /** A refusal, as an RFC 9457 problem. */
    record No(Refused refused) implements Reply {}

    /** The reply to what was done, or the refusal. */
    static <T> Reply of(Outcome<T> outcome, Function<T, Reply> done) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> done.apply(value);
            case Outcome.Not<T>(Refused refused) -> new No(refused);
        };
    }
}
