package dev.cinnabar.server;

import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.store.DataFolder;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.web.context.support.StandardServletEnvironment;

/** Boots Spring with our settings and with nothing from anywhere else: no application.properties, no variables but ours. */
final class Boot {
    private static final Logger LOG = LoggerFactory.getLogger(Boot.class);

    private Boot() {}

    /** What is booted: of Boot's parts only those that are used, which also halves the time to start. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ConfigurationPropertiesAutoConfiguration.class,
        PropertyPlaceholderAutoConfiguration.class,
        SslAutoConfiguration.class,
        TaskExecutionAutoConfiguration.class,
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class,
        HttpEncodingAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class
    })
    @Import(Wiring.class)
    static class House {}

    /** An environment that holds what we put in and no more. */
    private static final class Sealed extends StandardServletEnvironment {
        Sealed(Map<String, Object> properties) {
            getPropertySources().addLast(new MapPropertySource("cinnabar", properties));
        }

        @Override
        protected void customizePropertySources(MutablePropertySources sources) {}
    }

    static ConfigurableApplicationContext run(Settings settings, DataFolder data, Mode mode) throws NotStarted {
        SpringApplication application = new SpringApplication(House.class);
        application.setEnvironment(new Sealed(properties(settings)));
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setAddCommandLineProperties(false);
        application.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("settings", settings);
            context.getBeanFactory().registerSingleton("dataFolder", data);
            context.getBeanFactory().registerSingleton("mode", mode);
        });
        try {
            return application.run();
        } catch (RuntimeException e) {
            throw told(e);
        }
    }

    private static NotStarted told(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotStarted ours) {
                return ours;
            }
            if (cause instanceof PortInUseException port) {
                return new NotStarted(
                        "the port " + port.getPort() + " is in use",
                        "stop who uses it, or set http.port (--port) to another");
            }
        }
        LOG.error("the server does not boot", failure);
        return new NotStarted("the server does not boot: " + failure, "see the messages above", failure);
    }

    private static Map<String, Object> properties(Settings settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("spring.config.location", "optional:classpath:/nowhere/");
        all.put("spring.application.name", "cinnabar");
        all.put("spring.main.allow-bean-definition-overriding", "false");
        all.put("spring.threads.virtual.enabled", "true");
        all.put("spring.mvc.problemdetails.enabled", "false");
        all.put("spring.web.resources.add-mappings", "false");
        all.put("server.address", settings.http().host());
        all.put("server.port", settings.http().port());
        // We drain ourselves, so that who comes late gets an answer instead of a closed door.
        all.put("server.shutdown", "immediate");
        all.put("server.server-header", "");
        all.put("server.max-http-request-header-size", "32KB");
        all.put("server.tomcat.max-keep-alive-requests", "-1");
        all.put("server.tomcat.connection-timeout", "20s");
        all.put("server.tomcat.keep-alive-timeout", "75s");
        all.put("server.tomcat.max-connections", "16384");
        all.put("server.tomcat.max-swallow-size", "1MB");
        all.put("server.tomcat.mbeanregistry.enabled", "false");
        all.put("spring.jmx.enabled", "false");
        tls(settings.tls(), all);
        logging(settings.logging(), all);
        return all;
    }

    private static void tls(Settings.Tls tls, Map<String, Object> all) {
        tls.certificate().ifPresent(path -> all.put("server.ssl.certificate", "file:" + path.toAbsolutePath()));
        tls.key().ifPresent(path -> all.put("server.ssl.certificate-private-key", "file:" + path.toAbsolutePath()));
        tls.keystore().ifPresent(path -> {
            all.put("server.ssl.key-store", "file:" + path.toAbsolutePath());
            all.put("server.ssl.key-store-type", "PKCS12");
        });
        tls.keystorePassword().ifPresent(secret -> all.put("server.ssl.key-store-password", secret.reveal()));
    }

    private static void logging(Settings.Logging logging, Map<String, Object> all) {
        all.put(
                "logging.config",
                switch (logging.form()) {
                    case TEXT -> "classpath:cinnabar-logging.xml";
                    case JSON -> "classpath:cinnabar-logging-json.xml";
                });
        all.put("logging.level.dev.cinnabar", logging.level().name());
        all.put("logging.level.root", logging.level() == Settings.Logging.Level.DEBUG ? "INFO" : "WARN");
    }
}
