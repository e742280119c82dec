package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Words;
import java.time.Instant;
import java.util.Optional;

/**
 * A user of the service, as an application registered them.
 *
 * @param id ours, never told to the outside
 * @param externalId the application's own name for the user; empty once erased
 * @param pseudonym stands for the user in the logs; empty once erased
 * @param real how far the real identity is at the moment of the question
 * @param erased when the personal fields were destroyed
 */
public record User(
        String id,
        String appId,
        Optional<String> externalId,
        Kind kind,
        boolean minor,
        Optional<String> pseudonym,
        Instant registered,
        Real real,
        Optional<Instant> erased) {

    /** A person or an organisation. */
    public enum Kind {
        PERSON("个人", "person"),
        ORGANISATION("组织", "organisation");

        private final String zh;
        private final String en;

        Kind(String zh, String en) {
            this.zh = zh;
            this.en = en;
        }

        /** What people call it. */
        public Words label() {
            return new Words(zh, en);
        }
    }

    /**
     * The authentication of a real identity.
     *
     * @param fails failures in a row
     * @param lockedUntil until when no new attempt is taken
     * @param masked the number with its middle hidden, where one was given
     * @param verifier who decided
     * @param recheck from when it should be checked again
     * @param lapse from when it no longer counts
     */
    public record Real(
            Identity state,
            int fails,
            Optional<Instant> lockedUntil,
            Optional<Method> method,
            Optional<String> masked,
            Optional<String> verifier,
            Optional<Assurance> assurance,
            Optional<Instant> verified,
            Optional<Instant> recheck,
            Optional<Instant> lapse,
            Optional<Instant> revoked) {}
}
