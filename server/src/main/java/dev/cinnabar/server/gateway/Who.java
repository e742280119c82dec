package dev.cinnabar.server.gateway;

import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.gateway.Door.Incoming;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.people.Identity;
import dev.cinnabar.server.people.Standing;
import dev.cinnabar.server.people.Standings;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Room 2: the end user, with real identity, the agreement in force, and nothing in force against them. */
@Article({"9", "8", "10"})
final class Who {
    private final Standings standings;
    private final InstantSource clock;
    private final boolean identityToGenerate;

    Who(Standings standings, InstantSource clock, boolean identityToGenerate) {
        this.standings = standings;
        this.clock = clock;
        this.identityToGenerate = identityToGenerate;
    }

    /** A request whose end user may ask. */
    static final class Admitted {
        private final Incoming incoming;
        private final Standing standing;
        private final String user;

        private Admitted(Incoming incoming, Standing standing, String user) {
            this.incoming = incoming;
            this.standing = standing;
            this.user = user;
        }

        Incoming incoming() {
            return incoming;
        }

        Dossier dossier() {
            return incoming.dossier();
        }

        Standing standing() {
            return standing;
        }

        String user() {
            return user;
        }
    }

    Outcome<Admitted> admit(Incoming incoming) {
        Dossier dossier = incoming.dossier();
        dossier.enter(Room.WHO);
        Caller caller = incoming.caller();
        return named(dossier, caller, incoming.ask().users())
                .then(user -> standing(dossier, caller, user, identityToGenerate)
                        .then(standing -> Outcome.done(new Admitted(incoming, standing, user))));
    }

    /** The one end user that a request names. */
    Outcome<String> named(Dossier dossier, Caller caller, Set<String> inBody) {
        Set<String> names = new LinkedHashSet<>(inBody);
        dossier.request
                .header("X-End-User")
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .ifPresent(names::add);
        caller.boundUser().ifPresent(names::add);
        if (names.size() > 1) {
            return Outcome.not(Refusals.ambiguousUser());
        }
        return names.stream().findFirst().map(Outcome::done).orElseGet(() -> Outcome.not(Refusals.nobody()));
    }

    /** The standing of the user, when it lets them ask. */
    Outcome<Standing> standing(Dossier dossier, Caller caller, String user, boolean identityAsked) {
        return switch (standings.of(caller.appId(), user)) {
            case Standings.Known(Standing standing) -> {
                dossier.standing = Optional.of(standing);
                yield objection(standing, identityAsked)
                        .<Outcome<Standing>>map(Outcome::not)
                        .orElseGet(() -> Outcome.done(standing));
            }
            case Standings.Unknown() -> Outcome.not(Refusals.unknownUser());
            case Standings.Unready() -> Outcome.not(Refusals.notReady());
        };
    }

    /** Asks again, in the middle of a stream: what came into force meanwhile bites. */
    Optional<Refused> still(Admitted admitted) {
        return switch (standing(
                admitted.dossier(), admitted.incoming().caller(), admitted.user(), identityToGenerate)) {
            case Outcome.Done<Standing> still -> Optional.empty();
            case Outcome.Not<Standing>(Refused refused) -> Optional.of(refused);
        };
    }

    private Optional<Refused> objection(Standing standing, boolean identityAsked) {
        for (Standing.Restriction each : standing.restrictions()) {
            if (each instanceof Standing.Closed(String measure)) {
                return Optional.of(Refusals.closed(measure));
            }
        }
        for (Standing.Restriction each : standing.restrictions()) {
            if (each instanceof Standing.Suspended suspended && clock.instant().isBefore(suspended.until())) {
                return Optional.of(Refusals.suspended(
                        suspended.measureId(), suspended.until().toString()));
            }
        }
        if (identityAsked && !authenticated(standing.identity())) {
            return Optional.of(Refusals.unverified());
        }
        return standing.acceptedCurrent() ? Optional.empty() : Optional.of(Refusals.notAccepted());
    }

    /** Whether the real identity stands: a re-check that is due leaves it standing until it lapses. */
    private static boolean authenticated(Identity identity) {
        return switch (identity) {
            case VERIFIED, RECHECK_DUE -> true;
            case UNVERIFIED, PENDING, LAPSED, FAILED, LOCKED, REVOKED -> false;
        };
    }
}
