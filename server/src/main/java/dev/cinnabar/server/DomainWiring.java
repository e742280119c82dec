package dev.cinnabar.server;

import dev.cinnabar.server.algorithms.Algorithms;
import dev.cinnabar.server.algorithms.Functions;
import dev.cinnabar.server.apps.Allowance;
import dev.cinnabar.server.apps.Apps;
import dev.cinnabar.server.apps.Callers;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.conduct.Conduct;
import dev.cinnabar.server.features.Features;
import dev.cinnabar.server.features.Hits;
import dev.cinnabar.server.features.Live;
import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.people.AttestedVerifier;
import dev.cinnabar.server.people.NumberDigests;
import dev.cinnabar.server.people.People;
import dev.cinnabar.server.people.Standings;
import dev.cinnabar.server.people.TestVerifier;
import dev.cinnabar.server.people.Verifier;
import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.DataFolder;
import dev.cinnabar.server.store.Database;
import dev.cinnabar.server.store.Outbox;
import dev.cinnabar.server.store.Timers;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Staff;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The part of {@link Wiring} that makes the domains: people, conduct, apps, features, algorithms, cases. */
@Configuration(proxyBeanMethods = false)
class DomainWiring {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Needs what it reads and writes until it has written everything down, so that those are closed after it. */
    @Bean
    @DependsOn({"store", "contents", "logs"})
    Chores chores() {
        return new Chores();
    }

    @Bean
    CaseStore cases(InstantSource clock) {
        return new CaseStore(clock);
    }

    @Bean
    Apps apps(
            Database database,
            @Qualifier("background") Database background,
            Changes changes,
            Outbox outbox,
            InstantSource clock,
            SecureRandom random,
            Ulid ids,
            Chores chores) {
        Apps apps = new Apps(database, background, changes, outbox, clock, random, ids);
        apps.start();
        chores.every(SOON, "the last use of keys", apps::flush);
        return apps;
    }

    @Bean
    Allowance allowance(InstantSource clock, Settings settings) {
        return new Allowance(clock, settings.limits().perMinute());
    }

    @Bean
    Callers callers(Apps apps) {
        return apps.callers();
    }

    @Bean
    Algorithms algorithms(
            Database database,
            @Qualifier("background") Database background,
            Changes changes,
            Outbox outbox,
            CaseStore cases,
            InstantSource clock,
            Ulid ids) {
        Algorithms algorithms = new Algorithms(database, background, changes, outbox, cases, clock, ids);
        algorithms.start();
        return algorithms;
    }

    @Bean
    Functions functions(Algorithms algorithms) {
        return algorithms.functions();
    }

    /** Compiles the feature library where nobody waits for it: never on the threads that serve. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService compiler() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("library").factory());
    }

    @Bean
    Features features(
            Database database,
            @Qualifier("background") Database background,
            Changes changes,
            Outbox outbox,
            CaseStore cases,
            InstantSource clock,
            Ulid ids,
            @Qualifier("compiler") ExecutorService compiler,
            Timers timers,
            Chores chores) {
        Features features = new Features(database, background, changes, outbox, cases, clock, ids, compiler);
        features.start();
        chores.every(SOON, "the hits of features", features::flush);
        timers.every("features.expire", Duration.ofMinutes(1), features::expireDue);
        return features;
    }

    @Bean
    Live live(Features features) {
        return features.live();
    }

    @Bean
    Hits hits(Features features) {
        return features.hits();
    }

    /** The test verifier authenticates nobody and is there in the demo only. */
    @Bean
    People people(
            Database database,
            Changes changes,
            Outbox outbox,
            Timers timers,
            CaseStore cases,
            InstantSource clock,
            SecureRandom random,
            Ulid ids,
            DataFolder data,
            Mode mode)
            throws NotStarted {
        byte[] key = data.keys().readOrMake("identity-digests", () -> {
            byte[] made = new byte[32];
            random.nextBytes(made);
            return made;
        });
        List<Verifier> verifiers =
                mode.demo() ? List.of(new AttestedVerifier(), new TestVerifier()) : List.of(new AttestedVerifier());
        People people = new People(
                database, outbox, changes, timers, cases, clock, ids, random, new NumberDigests(key), verifiers);
        people.agreements().prepare();
        return people;
    }

    @Bean
    Standings standings(People people) {
        return people.standings();
    }

    @Bean
    Conduct conduct(
            Database database,
            Outbox outbox,
            CaseStore cases,
            People people,
            Timers timers,
            InstantSource clock,
            Ulid ids) {
        return new Conduct(database, outbox, cases, people, timers, clock, ids);
    }

    @Bean
    Routes appPages(Apps apps, Staff staff) {
        return apps.routes(staff);
    }

    @Bean
    Routes functionPages(Algorithms algorithms, Staff staff) {
        return algorithms.routes(staff);
    }

    @Bean
    Routes featurePages(Features features, Staff staff) {
        return features.routes(staff);
    }
}
