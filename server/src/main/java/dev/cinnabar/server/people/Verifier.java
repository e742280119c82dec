package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Words;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Decides whether a real identity is authenticated (Article 9): an adapter to whoever can tell. No person decides. */
@Article("9")
public interface Verifier {
    /** A short name, kept with each decision. */
    String name();

    /** On whose word its decisions rest. */
    Assurance assurance();

    /** The ways that it serves. */
    Set<Method> methods();

    /** Whether it answers at once and without leaving this process; else it is asked outside any transaction. */
    default boolean local() {
        return false;
    }

    /**
     * Decides, or says that it will.
     *
     * @throws Unreachable when it cannot tell now: the attempt is forgotten and does not count
     */
    Answer check(Request request) throws Unreachable;

    /**
     * What is asked.
     *
     * @param attempt the id under which a later answer is given
     * @param number where the method takes one and one was sent; its form was looked at before. Send it on, keep it nowhere.
     * @param evidence the reference that came with the request
     * @param at when, by the account system's word, the identity was checked
     */
    record Request(
            String attempt,
            User.Kind kind,
            Method method,
            Optional<IdentityNumber> number,
            String evidence,
            Optional<Instant> at) {}

    /** What a verifier says. */
    sealed interface Answer {}

    /** It is them. */
    record Passed() implements Answer {}

    /** It is not, and this is why; the sentence must not repeat the number. */
    record Failed(Words why) implements Answer {}

    /** The answer follows, through {@link Identities#settle}. */
    record Later() implements Answer {}

    /** The verifier cannot tell now. */
    final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unreachable(String attempt) {
            super(attempt);
        }

        public Unreachable(String attempt, Throwable cause) {
            super(attempt, cause);
        }
    }
}
