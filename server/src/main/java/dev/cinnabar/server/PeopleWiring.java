package dev.cinnabar.server;

import dev.cinnabar.server.apps.Allowance;
import dev.cinnabar.server.apps.Callers;
import dev.cinnabar.server.conduct.Conduct;
import dev.cinnabar.server.people.Annex;
import dev.cinnabar.server.people.People;
import dev.cinnabar.server.people.UsersServlet;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Staff;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The part of {@link Wiring} that puts users and measures before applications and staff. */
@Configuration(proxyBeanMethods = false)
class PeopleWiring {
    @Bean
    ServletRegistrationBean<UsersServlet> users(
            People people, Callers callers, Allowance allowance, ObjectProvider<Annex> annexes, InstantSource clock) {
        UsersServlet servlet = new UsersServlet(
                people, callers, allowance, annexes.orderedStream().toList(), clock);
        return new ServletRegistrationBean<>(servlet, "/users", "/users/*", "/public/v1/agreements");
    }

    @Bean
    Annex measures(Conduct conduct) {
        return conduct.annex();
    }

    @Bean
    Routes peoplePages(People people) {
        return people.routes();
    }

    @Bean
    Routes conductPages(Conduct conduct, Staff staff) {
        return conduct.routes(staff);
    }
}
