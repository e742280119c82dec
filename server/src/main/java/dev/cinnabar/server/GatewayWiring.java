package dev.cinnabar.server;

import dev.cinnabar.server.algorithms.Algorithms;
import dev.cinnabar.server.algorithms.Functions;
import dev.cinnabar.server.apps.Allowance;
import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.apps.Callers;
import dev.cinnabar.server.apps.Scope;
import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.features.Hits;
import dev.cinnabar.server.features.Live;
import dev.cinnabar.server.gateway.Gateway;
import dev.cinnabar.server.gateway.GatewayParts;
import dev.cinnabar.server.gateway.GatewayRules;
import dev.cinnabar.server.gateway.GatewayServlet;
import dev.cinnabar.server.gateway.IdentitySettings;
import dev.cinnabar.server.gateway.Offers;
import dev.cinnabar.server.gateway.upstream.Fetch;
import dev.cinnabar.server.gateway.upstream.Upstreams;
import dev.cinnabar.server.gateway.upstream.Watch;
import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.logs.LogServlet;
import dev.cinnabar.server.logs.Logs;
import dev.cinnabar.server.logs.Traffic;
import dev.cinnabar.server.people.Standings;
import dev.cinnabar.server.store.DataFolder;
import dev.cinnabar.server.tampering.Tampering;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The part of {@link Wiring} that makes the gateway: upstreams, surfaces, the Journey. */
@Configuration(proxyBeanMethods = false)
class GatewayWiring {
    /** Who the labels of the demo name; no provider's code looks like it. */
    private static final String DEMO_PRODUCER = "CINNABAR-DEMO";

    private static final Duration FETCH = Duration.ofSeconds(60);

    @Bean
    Watch upstreamWatch() {
        return new Watch();
    }

    @Bean
    Offers offers(Settings settings, Mode mode, Watch watch) {
        return Offers.of(settings.upstreams(), settings.limits(), mode.demo(), watch);
    }

    @Bean
    Upstreams upstreams(Offers offers, SecureRandom random) {
        return new Upstreams(offers.all(), random);
    }

    @Bean
    Fetch fetch(Offers offers, Settings settings, Watch watch) {
        return new Fetch(offers.origins(), settings.limits().answer().bytes(), FETCH, watch);
    }

    @Bean
    GatewayRules gatewayRules(Settings settings, Mode mode, Algorithms algorithms) {
        Optional<String> producer =
                settings.label().producer().or(() -> mode.demo() ? Optional.of(DEMO_PRODUCER) : Optional.empty());
        String version = Optional.ofNullable(GatewayWiring.class.getPackage().getImplementationVersion())
                .orElse("built from source");
        GatewayRules usual = GatewayRules.of(producer, "cinnabar " + version, algorithms.version());
        return usual.limited(
                settings.identity().gate() == IdentitySettings.Gate.GENERATION, settings.limits(), settings.lang());
    }

    @Bean
    Gateway gateway(
            Callers callers,
            Allowance allowance,
            ObjectProvider<Standings> standings,
            Functions functions,
            Live live,
            Hits hits,
            Contents contents,
            Traffic traffic,
            Upstreams upstreams,
            Fetch fetch,
            Tampering tampering,
            DataFolder data,
            Ulid ids,
            InstantSource clock,
            SecureRandom random,
            MeterRegistry registry,
            GatewayRules rules)
            throws NotStarted {
        byte[] addressKey = data.keys().readOrMake("public-addresses", () -> {
            byte[] fresh = new byte[32];
            random.nextBytes(fresh);
            return fresh;
        });
        Standings known = standings.getIfAvailable(() -> (app, user) -> new Standings.Unready());
        return GatewayParts.gateway(
                new GatewayParts.Around(
                        callers,
                        allowance,
                        known,
                        functions,
                        live,
                        hits,
                        contents,
                        traffic,
                        upstreams,
                        fetch,
                        tampering,
                        addressKey,
                        ids,
                        clock,
                        random,
                        registry),
                rules);
    }

    @Bean
    ServletRegistrationBean<GatewayServlet> gatewayServlet(Gateway gateway) {
        ServletRegistrationBean<GatewayServlet> servlet =
                new ServletRegistrationBean<>(new GatewayServlet(gateway), "/v1/*");
        servlet.setName("gateway");
        return servlet;
    }

    /** The read paths of tlog-tiles; entries are for keys that may read. */
    @Bean
    ServletRegistrationBean<LogServlet> logServlet(Logs logs, Callers callers) {
        ServletRegistrationBean<LogServlet> servlet =
                new ServletRegistrationBean<>(new LogServlet(logs, key -> reader(callers.byKey(key))), "/ledger/*");
        servlet.setName("logs");
        return servlet;
    }

    private static LogServlet.Reader reader(Callers.Lookup lookup) {
        return switch (lookup) {
            case Callers.Unknown() -> LogServlet.Reader.NOBODY;
            case Callers.Unready() -> LogServlet.Reader.UNCONFIRMED;
            case Callers.Known(Caller caller) ->
                caller.scopes().contains(Scope.READ) ? LogServlet.Reader.ALLOWED : LogServlet.Reader.WITHOUT_SCOPE;
        };
    }

    @Bean
    Health libraryHealth(Live live) {
        return Health.of(
                "features",
                () -> live.current().isPresent(),
                "no feature library is in force: every request is refused");
    }
}
