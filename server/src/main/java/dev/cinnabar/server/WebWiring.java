package dev.cinnabar.server;

import dev.cinnabar.server.algorithms.Algorithms;
import dev.cinnabar.server.features.Features;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.logs.GovernanceFollower;
import dev.cinnabar.server.logs.Logs;
import dev.cinnabar.server.logs.TrafficFollower;
import dev.cinnabar.server.oversight.Oversight;
import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.Database;
import dev.cinnabar.server.store.Outbox;
import dev.cinnabar.server.tampering.Examiner;
import dev.cinnabar.server.tampering.Tampered;
import dev.cinnabar.server.tampering.Tampering;
import dev.cinnabar.server.web.Claims;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Staff;
import dev.cinnabar.server.web.Web;
import dev.cinnabar.server.web.WebSetup;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The part of {@link Wiring} that makes the pages: sign-in, console, public pages. A room adds its pages by a bean of {@link Routes}. */
@Configuration(proxyBeanMethods = false)
@Import(WebSetup.class)
class WebWiring {
    @Bean
    Staff staff(Database database, Outbox outbox, Ulid ids, InstantSource clock, SecureRandom random) {
        return new Staff(database, outbox, ids, clock, random);
    }

    @Bean
    Web web(Staff staff, InstantSource clock, ObjectProvider<Routes> rooms, Mode mode, Tampering tampering) {
        Claims claims = (name, bytes, reading) -> {
            Examiner.Examined examined = tampering.examine(
                    new Examiner.Sighting(Examiner.Source.PUBLIC, Actor.SYSTEM, name, bytes, reading));
            return examined.claims()
                    ? Optional.of(examined.outcome().equals(Optional.of(Tampered.INTACT)))
                    : Optional.empty();
        };
        return new Web(staff, clock, rooms.orderedStream().toList(), mode.demo(), claims);
    }

    @Bean
    Oversight oversight(
            Logs logs,
            TrafficFollower index,
            GovernanceFollower governance,
            Changes changes,
            Staff staff,
            Algorithms algorithms,
            Features features,
            InstantSource clock,
            Mode mode) {
        Oversight.Rooms rooms =
                new Oversight.Rooms(logs, index, governance, changes::confirmed, staff, algorithms, features);
        return Oversight.over(rooms, clock, mode.demo());
    }

    @Bean
    Routes oversightPages(Oversight oversight) {
        return oversight.routes();
    }
}
