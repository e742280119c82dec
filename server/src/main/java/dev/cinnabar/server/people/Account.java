package dev.cinnabar.server.people;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A user as the table has them: what timers have not recorded yet is worked out by comparing the moments.
 *
 * @param stored the state that the last recorded step left
 */
record Account(
        String id,
        String appId,
        Optional<String> externalId,
        User.Kind kind,
        boolean minor,
        boolean minorByNumber,
        Optional<String> pseudonym,
        Instant registered,
        Identity stored,
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
        Optional<Instant> revoked,
        Optional<Instant> erased) {

    /** The state at this moment. */
    Identity at(Instant now) {
        return switch (stored) {
            case PENDING -> passed(pendingUntil, now) ? Identity.UNVERIFIED : Identity.PENDING;
            case LOCKED -> passed(lockedUntil, now) ? Identity.UNVERIFIED : Identity.LOCKED;
            case VERIFIED ->
                passed(lapse, now) ? Identity.LAPSED : passed(recheck, now) ? Identity.RECHECK_DUE : Identity.VERIFIED;
            case RECHECK_DUE -> passed(lapse, now) ? Identity.LAPSED : Identity.RECHECK_DUE;
            case UNVERIFIED, LAPSED, FAILED, REVOKED -> stored;
        };
    }

    /** The first moment after this one at which the state may change by itself. */
    Optional<Instant> nextTurn(Instant now) {
        return Stream.of(lockedUntil, pendingUntil, recheck, lapse)
                .flatMap(Optional::stream)
                .filter(moment -> moment.isAfter(now))
                .min(Instant::compareTo);
    }

    /** Whether new attempts are refused for now after too many failures. */
    boolean locked(Instant now) {
        return lockedUntil.isPresent() && !passed(lockedUntil, now);
    }

    /** The user at this moment, for others to see. */
    User seen(Instant now) {
        User.Real real = new User.Real(
                at(now),
                passed(lockedUntil, now) ? 0 : fails,
                lockedUntil.filter(until -> until.isAfter(now)),
                method,
                masked,
                verifier,
                assurance,
                verified,
                recheck,
                lapse,
                revoked);
        return new User(id, appId, externalId, kind, minor, pseudonym, registered, real, erased);
    }

    /** The name by which memory knows the user; empty once erased. */
    Optional<Name> name() {
        return externalId.map(external -> new Name(appId, external));
    }

    private static boolean passed(Optional<Instant> moment, Instant now) {
        return moment.isPresent() && !now.isBefore(moment.get());
    }
}
