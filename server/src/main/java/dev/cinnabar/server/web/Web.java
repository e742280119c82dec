package dev.cinnabar.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.stream.Stream;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The pages as one thing: puts every room's routes behind sign-in, roles, tokens and strict headers. */
public final class Web {
    /** Idle sessions end after this; a default of ours. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** Every session ends after this; a default of ours. */
    public static final Duration LONGEST = Duration.ofHours(12);

    private final Staff staff;
    private final Sessions sessions;
    private final Messages messages = Messages.load();
    private final Assets assets = Assets.load();
    private final RouteTable table;
    private final Front front;
    private final boolean demo;

    /**
     * The pages.
     *
     * @param rooms the routes of every room
     * @param demo whether every page says DEMO
     */
    public Web(Staff staff, InstantSource clock, Collection<Routes> rooms, boolean demo) {
        this(staff, clock, rooms, demo, Claims.none());
    }

    /** The pages, with somebody who can confirm what labels claim. */
    public Web(Staff staff, InstantSource clock, Collection<Routes> rooms, boolean demo, Claims claims) {
        this.staff = staff;
        this.demo = demo;
        this.sessions = new Sessions(staff, clock, IDLE, LONGEST);
        Stream<Routes> own =
                Stream.of(new AccountRoutes(this.staff, sessions), new StaffRoutes(staff), new PublicRoutes(claims));
        this.table = RouteTable.of(Stream.concat(own, rooms.stream()).toList());
        this.front = new Front(table, messages, assets, demo);
    }

    /** Every route there is. */
    public RouteTable table() {
        return table;
    }

    /** The routes, for Spring. */
    public RouterFunction<ServerResponse> router() {
        return front.router();
    }

    /** The chain of filters before /console: sessions, tokens, sign-in. */
    public SecurityFilterChain console(HttpSecurity http) {
        return bare(http.securityMatcher("/console", "/console/**"))
                .securityContext(c -> c.securityContextRepository(sessions.contexts()))
                .csrf(c -> c.csrfTokenRepository(sessions.tokens()))
                .authorizeHttpRequests(a -> a.requestMatchers(AccountRoutes.SIGN_IN)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(
                        e -> e.authenticationEntryPoint((request, response, no) -> signIn(request, response)))
                .addFilterAfter(sessions.watch(), SecurityContextHolderFilter.class)
                .build();
    }

    /** The chain of filters before everything else that is not a raw servlet: no session, no cookie that matters. */
    public SecurityFilterChain open(HttpSecurity http) {
        return bare(http)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(a -> a.anyRequest().permitAll())
                .build();
    }

    private HttpSecurity bare(HttpSecurity http) {
        return http.headers(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .addFilterBefore(new Headers(demo), SecurityContextHolderFilter.class);
    }

    private static void signIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String query = request.getQueryString();
        String asked = request.getMethod().equals("GET")
                ? request.getRequestURI() + (query == null ? "" : "?" + query)
                : "/console/";
        String to = AccountRoutes.SIGN_IN + "?next=" + URLEncoder.encode(asked, StandardCharsets.UTF_8);
        if ("true".equals(request.getHeader("HX-Request"))) {
            response.setHeader("HX-Redirect", to);
            response.setStatus(401);
        } else {
            response.setStatus(303);
            response.setHeader("Location", to);
        }
    }
}
