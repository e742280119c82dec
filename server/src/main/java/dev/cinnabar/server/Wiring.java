package dev.cinnabar.server;

import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.server.apps.Apps;
import dev.cinnabar.server.content.ContentStore;
import dev.cinnabar.server.features.Features;
import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.logs.Following;
import dev.cinnabar.server.logs.GovernanceFollower;
import dev.cinnabar.server.logs.Logs;
import dev.cinnabar.server.logs.Traffic;
import dev.cinnabar.server.logs.TrafficFollower;
import dev.cinnabar.server.people.People;
import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.DataFolder;
import dev.cinnabar.server.store.Database;
import dev.cinnabar.server.store.Outbox;
import dev.cinnabar.server.store.Store;
import dev.cinnabar.server.store.Timers;
import dev.cinnabar.server.web.Staff;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;

/**
 * Makes every service of the house, each from those it stands on: the only place, with the parts it imports, that says {@code new} for services.
 *
 * <p>A room with background work takes the {@link Database} called {@code background}, whose statements are counted apart.
 */
@Configuration(proxyBeanMethods = false)
@Import({DomainWiring.class, GatewayWiring.class, PeopleWiring.class, TamperWiring.class, WebWiring.class})
class Wiring {
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }

    @Bean
    Ulid ids(InstantSource clock, SecureRandom random) {
        return new Ulid(clock, random);
    }

    @Bean
    Store store(Settings settings, DataFolder data, InstantSource clock, SecureRandom random) throws NotStarted {
        return Store.open(settings.database(), data, clock, random);
    }

    @Bean
    @Primary
    Database database(Store store) {
        return store.database();
    }

    @Bean
    Database background(Store store) {
        return store.background();
    }

    @Bean
    Changes changes(Store store) {
        return store.changes();
    }

    @Bean
    Outbox outbox(Store store) {
        return store.outbox();
    }

    @Bean(destroyMethod = "")
    Timers timers(Store store) {
        return store.timers();
    }

    @Bean
    ContentStore contents(Settings settings, DataFolder data, Store store, InstantSource clock, SecureRandom random)
            throws NotStarted {
        ContentStore contents = ContentStore.open(data.content(), data.keys(), settings.content(), clock, random);
        store.timers().every("content.sweep", Duration.ofHours(1), () -> sweep(contents));
        return contents;
    }

    private static void sweep(ContentStore contents) {
        try {
            contents.sweep();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Bean
    Health contentHealth(ContentStore contents) {
        return Health.of("content", contents::writable, "contents cannot be kept: every request is refused");
    }

    @Bean
    Logs logs(Settings settings, DataFolder data, InstantSource clock, SecureRandom random) throws NotStarted {
        return Logs.open(settings.logs(), data, clock, random);
    }

    @Bean
    Traffic traffic(Logs logs) {
        return logs.writer();
    }

    /** Streams that a crash left open are closed here, before anything is served. */
    @Bean
    TrafficFollower trafficFollower(Logs logs, @Qualifier("background") Database background, InstantSource clock)
            throws LedgerException {
        TrafficFollower follower = new TrafficFollower(logs.traffic().ledger(), background, clock);
        follower.recover();
        return follower;
    }

    @Bean
    Orphans orphans(ContentStore contents, TrafficFollower traffic, InstantSource clock, Timers timers) {
        Orphans orphans = new Orphans(contents, traffic, clock);
        timers.every("content.orphans", Duration.ofHours(6), orphans::sweep);
        return orphans;
    }

    @Bean
    GovernanceFollower governanceFollower(Logs logs, @Qualifier("background") Database background) {
        return new GovernanceFollower(logs.governance().ledger(), background);
    }

    @Bean(initMethod = "start")
    Following following(TrafficFollower traffic, GovernanceFollower governance) {
        return new Following(traffic, governance, Duration.ofMillis(250));
    }

    @Bean
    Health ledgersHealth(Logs logs) {
        return Health.of("ledgers", logs::writable, "a log takes no entries: every request is refused");
    }

    @Bean
    FirstStart firstStart(Staff staff, Apps apps, People people, Features features, InstantSource clock, Mode mode) {
        return new FirstStart(
                staff,
                apps,
                Optional.of(new Demo(staff, people, features, clock)).filter(demo -> mode.demo()));
    }

    /** A demo says so on every answer. */
    @Bean
    FilterRegistrationBean<Demo> demoOnEveryAnswer(
            Staff staff, People people, Features features, InstantSource clock, Mode mode) {
        FilterRegistrationBean<Demo> filter = new FilterRegistrationBean<>(new Demo(staff, people, features, clock));
        filter.setEnabled(mode.demo());
        filter.setAsyncSupported(true);
        return filter;
    }

    @Bean
    Drain drain() {
        return new Drain();
    }

    @Bean
    FilterRegistrationBean<Drain> drainFirst(Drain drain) {
        FilterRegistrationBean<Drain> filter = new FilterRegistrationBean<>(drain);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.setAsyncSupported(true);
        return filter;
    }

    @Bean
    FilterRegistrationBean<Forwarded> forwarded(Settings settings) {
        FilterRegistrationBean<Forwarded> filter =
                new FilterRegistrationBean<>(new Forwarded(settings.http().trustedProxies()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        filter.setAsyncSupported(true);
        filter.setEnabled(!settings.http().trustedProxies().isEmpty());
        return filter;
    }

    @Bean
    PrometheusMeterRegistry meters() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        return meters;
    }

    @Bean
    JvmGcMetrics pauses(PrometheusMeterRegistry meters) {
        JvmGcMetrics pauses = new JvmGcMetrics();
        pauses.bindTo(meters);
        return pauses;
    }

    @Bean
    Health databaseHealth(Changes changes) {
        return Health.of("database", changes::confirmed, "unconfirmed for 5 s: every request is refused");
    }

    @Bean
    Health gateHealth(Drain drain) {
        return Health.of("gate", drain::isOpen, "starting or stopping");
    }

    @Bean
    Management management(Settings settings, List<Health> parts, PrometheusMeterRegistry meters) throws NotStarted {
        return Management.start(settings.management(), parts, meters::scrape);
    }
}
