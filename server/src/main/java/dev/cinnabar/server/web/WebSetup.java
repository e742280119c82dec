package dev.cinnabar.server.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import java.util.List;
import java.util.Set;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.multipart.MultipartResolver;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Puts {@link Web} before Spring's dispatcher; {@code Wiring} imports it and gives the bean {@code Web}.
 *
 * <p>Boot's own registration of the security filter must be excluded: ours stands before the dispatcher only, so that raw servlets ({@code /v1}) are never touched.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class WebSetup {
    /** Files up to 32 MiB, in memory and never on disk; a default of ours. */
    static final int LARGEST_UPLOAD = 32 << 20;

    /** Sessions of those who only looked at the sign-in page end soon. */
    private static final int ANONYMOUS_MINUTES = 10;

    static final int FORM_AROUND = 64 << 10;

    @Bean
    RouterFunction<ServerResponse> pages(Web web) {
        return web.router();
    }

    @Bean
    ErrorController errors() {
        return new ErrorController() {};
    }

    @Bean
    @Order(1)
    SecurityFilterChain consoleChain(HttpSecurity http, Web web) {
        return web.console(http);
    }

    @Bean
    @Order(2)
    SecurityFilterChain openChain(HttpSecurity http, Web web) {
        return web.open(http);
    }

    /** People sign in through {@link AccountRoutes} and no other way. */
    @Bean
    AuthenticationManager nobody() {
        return who -> {
            throw new ProviderNotFoundException("people sign in at " + AccountRoutes.SIGN_IN);
        };
    }

    @Bean
    DelegatingFilterProxyRegistrationBean pagesFilter() {
        DelegatingFilterProxyRegistrationBean filter =
                new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        filter.setServletNames(List.of("dispatcherServlet"));
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER);
        return filter;
    }

    /** The session's cookie: of this host, out of reach of scripts and of other sites' forms, and secure wherever the request is. */
    @Bean
    ServletContextInitializer sessionCookie() {
        return context -> {
            SessionCookieConfig cookie = context.getSessionCookieConfig();
            cookie.setName("cinnabar-session");
            cookie.setHttpOnly(true);
            cookie.setAttribute("SameSite", "Lax");
            context.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
            context.setSessionTimeout(ANONYMOUS_MINUTES);
        };
    }

    @Bean
    MultipartConfigElement uploads() {
        int whole = LARGEST_UPLOAD + FORM_AROUND;
        return new MultipartConfigElement("", LARGEST_UPLOAD, whole, whole);
    }

    /** Lazily: nothing of an upload is read before a route asks for it. */
    @Bean
    MultipartResolver multipartResolver() {
        StandardServletMultipartResolver resolver = new StandardServletMultipartResolver();
        resolver.setResolveLazily(true);
        return resolver;
    }
}
