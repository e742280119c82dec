package dev.cinnabar.server;

import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Limits;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.gateway.GatewayRules;
import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.logs.Logs;
import dev.cinnabar.server.logs.TrafficFollower;
import dev.cinnabar.server.store.DataFolder;
import dev.cinnabar.server.store.Database;
import dev.cinnabar.server.store.Outbox;
import dev.cinnabar.server.store.Timers;
import dev.cinnabar.server.tampering.Tampering;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Staff;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The part of {@link Wiring} that compares files with what was released. */
@Configuration(proxyBeanMethods = false)
class TamperWiring {
    private static final Duration SOON = Duration.ofSeconds(5);
    /** The limits of the public page: anybody may send anything. */
    private static final Limits LIMITS = new Limits(96L << 20, 20_000, 32, 4L << 20, 40_000_000L);

    @Bean
    Tampering tampering(
            Database database,
            @Qualifier("background") Database background,
            Outbox outbox,
            CaseStore cases,
            Contents contents,
            TrafficFollower traffic,
            Logs logs,
            GatewayRules rules,
            Settings settings,
            DataFolder data,
            Ulid ids,
            SecureRandom random,
            InstantSource clock,
            Timers timers,
            Chores chores)
            throws NotStarted {
        byte[] key = data.keys().readOrMake("released-media", () -> {
            byte[] fresh = new byte[32];
            random.nextBytes(fresh);
            return fresh;
        });
        Tampering tampering = new Tampering(new Tampering.Around(
                database,
                background,
                outbox,
                cases,
                contents,
                new Labels(LIMITS),
                content -> !traffic.mentions(content).isEmpty(),
                rules.producer(),
                Duration.ofDays(settings.content().days()),
                key,
                ids,
                clock));
        chores.every(
                SOON,
                "the index of released files",
                () -> tampering.follow(logs.traffic().ledger()));
        timers.every("tampering.sweep", Duration.ofHours(1), tampering::sweep);
        return tampering;
    }

    @Bean
    Routes tamperPages(Tampering tampering, Staff staff) {
        return tampering.routes(staff);
    }
}
