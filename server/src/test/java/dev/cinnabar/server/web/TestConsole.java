package dev.cinnabar.server.web;

import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.law.Ulid;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** The pages alone on a port of their own, with a database and staff, without the rest of the server. */
public final class TestConsole implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Staff staff;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = SecurityFilterAutoConfiguration.class)
    @Import(WebSetup.class)
    static class Pages {}

    private TestConsole(ConfigurableApplicationContext context, Staff staff) {
        this.context = context;
        this.staff = staff;
    }

    public static TestConsole open(
            TestDatabase database, InstantSource clock, Function<Staff, Collection<Routes>> rooms, boolean demo) {
        SecureRandom random = new SecureRandom();
        Staff staff = new Staff(
                database.database(), database.outbox(), new Ulid(clock, random), clock, new Passwords(random, 256));
        Web web = new Web(staff, clock, rooms.apply(staff), demo);
        ApplicationContextInitializer<GenericApplicationContext> beans =
                started -> started.registerBean(Web.class, () -> web);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Pages.class)
                .web(WebApplicationType.SERVLET)
                .initializers(beans)
                .properties(Map.of(
                        "server.port", "0",
                        "server.address", "127.0.0.1",
                        "spring.threads.virtual.enabled", "true",
                        "spring.web.resources.add-mappings", "false",
                        "spring.main.banner-mode", "off",
                        "spring.flyway.enabled", "false",
                        "server.tomcat.max-swallow-size", "128MB"))
                .run();
        return new TestConsole(context, staff);
    }

    public Staff staff() {
        return staff;
    }

    public String address() {
        int port = Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
                .getPort();
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        context.close();
    }
}
