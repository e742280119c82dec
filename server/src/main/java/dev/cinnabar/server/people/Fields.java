package dev.cinnabar.server.people;

import java.time.Instant;
import java.util.Optional;

/** What a step changes of an account, beside its state. */
record Fields(
        boolean minor,
        boolean minorByNumber,
        int fails,
        Optional<Instant> lockedUntil,
        Optional<Instant> pendingUntil,
        Optional<Method> method,
        Optional<String> masked,
        Optional<String> verifier,
        Optional<Assurance> assurance,
        Optional<Instant> verified,
        Optional<Instant> recheck,
        Optional<Instant> lapse,
        Optional<Instant> revoked) {

    /** As they are. */
    static Fields of(Account a) {
        return new Fields(
                a.minor(),
                a.minorByNumber(),
                a.fails(),
                a.lockedUntil(),
                a.pendingUntil(),
                a.method(),
                a.masked(),
                a.verifier(),
                a.assurance(),
                a.verified(),
                a.recheck(),
                a.lapse(),
                a.revoked());
    }

    Fields pendingUntil(Optional<Instant> until) {
        return new Fields(
                minor,
                minorByNumber,
                fails,
                lockedUntil,
                until,
                method,
                masked,
                verifier,
                assurance,
                verified,
                recheck,
                lapse,
                revoked);
    }

    Fields minor(boolean now) {
        return new Fields(
                now,
                minorByNumber,
                fails,
                lockedUntil,
                pendingUntil,
                method,
                masked,
                verifier,
                assurance,
                verified,
                recheck,
                lapse,
                revoked);
    }

    /** After failures in a row. */
    Fields fails(int inARow, Optional<Instant> locked) {
        return new Fields(
                minor,
                minorByNumber,
                inARow,
                locked,
                Optional.empty(),
                method,
                masked,
                verifier,
                assurance,
                verified,
                recheck,
                lapse,
                revoked);
    }

    Fields revoked(Instant now) {
        return new Fields(
                minor,
                minorByNumber,
                fails,
                lockedUntil,
                pendingUntil,
                method,
                masked,
                verifier,
                assurance,
                verified,
                Optional.empty(),
                Optional.empty(),
                Optional.of(now));
    }

    /** After a verifier said yes. */
    Fields passed(Verification attempt, Optional<VerificationStore.Trace> trace, Instant now) {
        Optional<Boolean> young = trace.flatMap(VerificationStore.Trace::minor);
        Instant due = IdentityRules.after("recheck", now);
        return new Fields(
                young.orElse(minor),
                young.isPresent() || minorByNumber,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.of(attempt.method()),
                trace.map(VerificationStore.Trace::masked),
                Optional.of(attempt.verifier()),
                Optional.of(attempt.assurance()),
                Optional.of(now),
                Optional.of(due),
                Optional.of(IdentityRules.after("grace", due)),
                revoked);
    }

    /** The account with these fields and this state. */
    Account in(Account a, Identity state) {
        return new Account(
                a.id(),
                a.appId(),
                a.externalId(),
                a.kind(),
                minor,
                minorByNumber,
                a.pseudonym(),
                a.registered(),
                state,
                fails,
                lockedUntil,
                pendingUntil,
                method,
                masked,
                verifier,
                assurance,
                verified,
                recheck,
                lapse,
                revoked,
                a.erased());
    }
}
