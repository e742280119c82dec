package dev.cinnabar.server.gateway;

import dev.cinnabar.server.apps.Allowance;
import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.apps.Callers;
import dev.cinnabar.server.apps.Scope;
import dev.cinnabar.server.gateway.surface.Ask;
import dev.cinnabar.server.gateway.surface.Asks;
import dev.cinnabar.server.gateway.surface.Objection;
import dev.cinnabar.server.gateway.surface.Surface;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.logs.Traffic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Room 1: the key, how much and how often, and the form of the request. */
final class Door {
    private final Callers callers;
    private final Traffic traffic;
    private final Asks asks;
    private final Strangers strangers;
    private final Allowance allowance;
    private final GatewayRules rules;

    Door(Callers callers, Traffic traffic, Asks asks, Strangers strangers, Allowance allowance, GatewayRules rules) {
        this.callers = callers;
        this.traffic = traffic;
        this.asks = asks;
        this.strangers = strangers;
        this.allowance = allowance;
        this.rules = rules;
    }

    /** A well-formed request of a valid key that has room left. */
    static final class Incoming {
        private final Dossier dossier;
        private final Caller caller;
        private final Ask ask;

        private Incoming(Dossier dossier, Caller caller, Ask ask) {
            this.dossier = dossier;
            this.caller = caller;
            this.ask = ask;
        }

        Dossier dossier() {
            return dossier;
        }

        Caller caller() {
            return caller;
        }

        Ask ask() {
            return ask;
        }
    }

    /** Lets a request to one of the surfaces in. */
    Outcome<Incoming> enter(Dossier dossier) {
        dossier.enter(Room.DOOR);
        Surface surface = Surface.at(dossier.request.path()).orElseThrow();
        return caller(dossier, Set.of(Scope.GENERATE)).then(caller -> formed(dossier, caller, surface));
    }

    /** The caller, when the key is valid, has one of the scopes, and has room left; for every interface under {@code /v1}. */
    Outcome<Caller> caller(Dossier dossier, Set<Scope> scopes) {
        String address = dossier.request.remote();
        if (strangers.turnedAway(address)) {
            dossier.tallied = Optional.of("strangers");
            return Outcome.not(Refusals.strangers().until(dossier.at.plusSeconds(60)));
        }
        return switch (callers.byKey(presented(dossier.request))) {
            case Callers.Known(Caller caller) -> known(dossier, caller, scopes);
            case Callers.Unknown() -> {
                strangers.refused(address);
                dossier.tallied = Optional.of("invalid_key");
                yield Outcome.not(Refusals.badKey());
            }
            case Callers.Unready() -> {
                dossier.tallied = Optional.of("not_ready");
                yield Outcome.not(Refusals.notReady());
            }
        };
    }

    private Outcome<Caller> known(Dossier dossier, Caller caller, Set<Scope> scopes) {
        dossier.caller = Optional.of(caller);
        dossier.lang =
                dossier.request.header("Accept-Language").flatMap(Lang::asked).orElse(caller.lang());
        if (!traffic.writable()) {
            return Outcome.not(Refusals.notRecorded());
        }
        if (Collections.disjoint(caller.scopes(), scopes)) {
            Scope first = scopes.stream().min(Comparator.naturalOrder()).orElseThrow();
            return Outcome.not(Refusals.scope(first.name().toLowerCase(Locale.ROOT)));
        }
        return allowance.spend(caller).map(spent -> counted(dossier, spent)).orElseGet(() -> Outcome.done(caller));
    }

    private static Outcome<Caller> counted(Dossier dossier, Refused spent) {
        dossier.tallied = Optional.of(spent.code().word());
        return Outcome.not(spent);
    }

    private static String presented(Request request) {
        String header = request.header("Authorization").orElse("");
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : "";
    }

    private Outcome<Incoming> formed(Dossier dossier, Caller caller, Surface surface) {
        return body(dossier, rules.maxBody()).then(bytes -> {
            dossier.body = bytes;
            return switch (asks.read(surface, bytes)) {
                case Asks.Good(Ask ask) -> {
                    dossier.ask = Optional.of(ask);
                    yield Outcome.done(new Incoming(dossier, caller, ask));
                }
                case Asks.Bad(Objection objection) -> Outcome.not(objected(dossier, objection));
            };
        });
    }

    /** Turns what is wrong with a form into a refusal. */
    static Refused objected(Dossier dossier, Objection objection) {
        dossier.param = objection.param();
        return Refusals.form(objection.reason(), objection.remedy(), objection.article());
    }

    /** The whole body, when it is not longer than this. */
    static Outcome<byte[]> body(Dossier dossier, int most) {
        Request request = dossier.request;
        if (request.length() > most) {
            return Outcome.not(Refusals.tooLarge(most));
        }
        try (InputStream in = request.body()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream(request.length() > 0 ? (int) request.length() : 4096);
            byte[] piece = new byte[8192];
            for (int n; (n = in.read(piece)) >= 0; ) {
                if (all.size() + (long) n > most) {
                    return Outcome.not(Refusals.tooLarge(most));
                }
                all.write(piece, 0, n);
            }
            return Outcome.done(all.toByteArray());
        } catch (IOException e) {
            return Outcome.not(Refusals.form(
                    new dev.cinnabar.server.law.Words("请求体没有完整到达。", "The body did not arrive whole."),
                    new dev.cinnabar.server.law.Words("请重新发送。", "Send it again."),
                    ""));
        }
    }
}
