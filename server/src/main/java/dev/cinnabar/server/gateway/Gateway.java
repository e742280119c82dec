package dev.cinnabar.server.gateway;

import dev.cinnabar.server.apps.Scope;
import dev.cinnabar.server.gateway.surface.Surface;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Ulid;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything under {@code /v1}: what is made goes through the Journey, the rest over its counter, and what is not listed is refused. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Journey journey;
    private final Counters counters;
    private final Ulid ids;
    private final InstantSource clock;
    private final Lang lang;
    private final Semaphore places;
    private final GatewayParts parts;

    /** The interfaces beside the Journey. */
    record Counters(
            ModelsCounter models,
            LabelCounter labels,
            PropagationCounter propagation,
            ContentCounter contents,
            PublicationCounter publications) {}

    Gateway(Journey journey, Counters counters, Ulid ids, InstantSource clock, GatewayRules rules, GatewayParts parts) {
        this.journey = journey;
        this.counters = counters;
        this.ids = ids;
        this.clock = clock;
        this.lang = rules.lang();
        this.places = new Semaphore(rules.atOnce());
        this.parts = parts;
    }

    /** Serves one request; over when this returns. */
    public void serve(Request request, ReplyTo client) {
        Lang asked = request.header("Accept-Language").flatMap(Lang::asked).orElse(lang);
        Dossier dossier = new Dossier(request, ids.next(), clock.instant(), trace(request), asked);
        if (!places.tryAcquire()) {
            dossier.tallied = Optional.of("busy");
            journey.kept().hand(Outcome.not(Refusals.busy()), dossier, client);
            return;
        }
        try {
            route(dossier, client);
        } catch (RuntimeException e) {
            LOG.error("a request broke: trace={}", dossier.trace, e);
            if (!client.begun()) {
                journey.kept().hand(Outcome.not(Refusals.broken()), dossier, client);
            }
        } finally {
            places.release();
        }
    }

    private void route(Dossier dossier, ReplyTo client) {
        Optional<Surface> surface = Surface.at(dossier.request.path());
        if (surface.isPresent() && dossier.request.method().equals("POST")) {
            dossier.surface = surface.get().word();
            journey.run(dossier, client);
        } else {
            journey.kept().hand(counter(dossier).serve(dossier), dossier, client);
        }
    }

    private Counter counter(Dossier dossier) {
        String path = dossier.request.path();
        String ask = dossier.request.method() + ' ' + path;
        if (ask.equals("POST /v1/labels")) {
            dossier.surface = "labels";
            return counters.labels()::label;
        } else if (ask.equals("POST /v1/labels/verify")) {
            dossier.surface = "verify";
            return counters.labels()::verify;
        } else if (ask.equals("POST " + PropagationCounter.PATH)) {
            dossier.surface = "labels";
            return counters.propagation();
        } else if (ask.equals("POST " + PublicationCounter.PATH)) {
            dossier.surface = "publications";
            return counters.publications();
        } else if (ask.equals("GET " + ModelsCounter.PATH) || ask.startsWith("GET " + ModelsCounter.PATH + "/")) {
            dossier.surface = "models";
            return counters.models();
        } else if (ask.startsWith("GET " + ContentCounter.PATH)) {
            dossier.surface = "contents";
            return counters.contents();
        }
        return this::unlisted;
    }

    /** A path that is not listed is refused, whatever an upstream may have there; the key is asked first, so that strangers learn nothing. */
    private Outcome<Handover> unlisted(Dossier dossier) {
        return journey.door().caller(dossier, EnumSet.allOf(Scope.class)).then(caller -> {
            dossier.tallied = Optional.of("not_found");
            return Outcome.not(Refusals.notFound());
        });
    }

    private static String trace(Request request) {
        Matcher given = TRACEPARENT.matcher(request.header("traceparent").orElse(""));
        if (given.matches()) {
            return given.group(1);
        }
        byte[] bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        parts.close();
    }
}
