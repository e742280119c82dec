package dev.cinnabar.server.gateway;

import dev.cinnabar.server.algorithms.Functions;
import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.gateway.Who.Admitted;
import dev.cinnabar.server.gateway.surface.Ask;
import dev.cinnabar.server.gateway.upstream.Upstreams;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.people.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Room 3: whether the function may run, for this user, and whether its result could be labelled at all; all asked before any model is. */
@Article({"15", "10", "17"})
final class May {
    private final Functions functions;
    private final Upstreams upstreams;
    private final InstantSource clock;
    private final GatewayRules rules;

    May(Functions functions, Upstreams upstreams, InstantSource clock, GatewayRules rules) {
        this.functions = functions;
        this.upstreams = upstreams;
        this.clock = clock;
        this.rules = rules;
    }

    /** A request that may be carried out. */
    static final class Permitted {
        private final Admitted admitted;

        private Permitted(Admitted admitted) {
            this.admitted = admitted;
        }

        Admitted admitted() {
            return admitted;
        }

        Dossier dossier() {
            return admitted.dossier();
        }

        Ask ask() {
            return admitted.incoming().ask();
        }

        Caller caller() {
            return admitted.incoming().caller();
        }
    }

    Outcome<Permitted> permit(Admitted admitted) {
        Dossier dossier = admitted.dossier();
        dossier.enter(Room.MAY);
        Ask ask = admitted.incoming().ask();
        return function(ask.surface().function(), admitted.standing())
                .or(() -> model(dossier, ask))
                .or(() -> labellable(dossier, ask, admitted.incoming().caller()))
                .<Outcome<Permitted>>map(Outcome::not)
                .orElseGet(() -> Outcome.done(new Permitted(admitted)));
    }

    /** Asks again, in the middle of a stream. */
    Optional<Refused> still(Permitted permitted) {
        return function(
                permitted.ask().surface().function(), permitted.admitted().standing());
    }

    /** Why this function may not run for this user now. */
    Optional<Refused> function(String function, Standing standing) {
        Optional<Refused> off = switch (functions.of(function)) {
            case Functions.On on -> Optional.empty();
            case Functions.Off no -> Optional.of(Refusals.off(no));
            case Functions.Unready() -> Optional.of(Refusals.notReady());
        };
        return off.or(() -> limited(function, standing));
    }

    /** Why a measure keeps this user from the function now. */
    Optional<Refused> limited(String function, Standing standing) {
        Instant now = clock.instant();
        for (Standing.Restriction each : standing.restrictions()) {
            if (each instanceof Standing.Limited limit
                    && limit.function().equals(function)
                    && limit.until().map(now::isBefore).orElse(true)) {
                return Optional.of(Refusals.limited(limit.measureId(), function));
            }
        }
        return Optional.empty();
    }

    private Optional<Refused> model(Dossier dossier, Ask ask) {
        if (upstreams.offers(ask.model())) {
            return Optional.empty();
        }
        dossier.param = "model";
        return Optional.of(Refusals.noModel());
    }

    private Optional<Refused> labellable(Dossier dossier, Ask ask, Caller caller) {
        if (rules.producer().isEmpty()) {
            return Optional.of(Refusals.noProducer());
        }
        Optional<String> by = ask.unlabelledBy();
        if (by.isPresent() && caller.explicit() == Caller.Explicit.TEXT) {
            dossier.param = by.get();
            return Optional.of(Refusals.labelImpossible(by.get()));
        }
        return Optional.empty();
    }
}
