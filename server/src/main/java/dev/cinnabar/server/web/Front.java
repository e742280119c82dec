package dev.cinnabar.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The front of the house: takes each visit to its route, asks whether the person may walk it, and turns the answer into bytes. */
final class Front {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);
    private static final String FLASHES = Front.class.getName() + ".flashes";
    private static final String PROBLEM = "web/problem";

    private final RouteTable table;
    private final Messages messages;
    private final Assets assets;
    private final boolean demo;
    private final TemplateEngine templates =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.cinnabar.server.views");

    Front(RouteTable table, Messages messages, Assets assets, boolean demo) {
        this.table = table;
        this.messages = messages;
        this.assets = assets;
        this.demo = demo;
    }

    /** Every route of the table, the static files, and a page of our own for what is not there. */
    RouterFunction<ServerResponse> router() {
        RouterFunctions.Builder all = RouterFunctions.route();
        for (RouteTable.Route route : table.routes()) {
            HttpMethod[] methods = switch (route.method()) {
                case GET -> new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD};
                case POST -> new HttpMethod[] {HttpMethod.POST};
            };
            all.route(
                    RequestPredicates.methods(methods).and(RequestPredicates.path(route.path())),
                    request -> serve(route, request));
        }
        all.GET("/static/{hash}/{name}", this::asset);
        all.route(RequestPredicates.path("/error"), this::failed);
        for (String root : List.of("/console", "/public", "/oversight", "/supporters", "/consent", "/static")) {
            all.route(
                    RequestPredicates.path(root).or(RequestPredicates.path(root + "/**")),
                    request -> answer(visit(request), new Answer.Problem(missing(request))));
        }
        return all.build();
    }

    private ServerResponse serve(RouteTable.Route route, ServerRequest request) {
        Visit visit = visit(request);
        if (!may(route.access(), visit.view())) {
            return answer(visit, new Answer.Problem(403));
        }
        if (visit.view().me().map(View.Me::mustChange).orElse(false) && !AccountRoutes.before(route.path())) {
            return answer(visit, Answer.redirect(AccountRoutes.PASSWORD));
        }
        try {
            return answer(visit, route.handler().on(visit));
        } catch (Exception e) {
            LOG.error("{} {} failed", route.method(), route.path(), e);
            return answer(visit, new Answer.Problem(500));
        }
    }

    private static boolean may(Access access, View view) {
        return switch (access) {
            case Access.Anyone() -> true;
            case Access.Staff(Set<Role> roles) ->
                view.me().map(me -> roles.stream().anyMatch(me.actor()::is)).orElse(false);
        };
    }

    private int missing(ServerRequest request) {
        boolean other = table.routes().stream()
                .anyMatch(r -> RequestPredicates.path(r.path()).test(request));
        return other ? 405 : 404;
    }

    private Visit visit(ServerRequest request) {
        return new Visit(request, view(request.servletRequest(), request.path()));
    }

    private View view(HttpServletRequest request, String path) {
        Optional<Staff.Member> member = Sessions.member(request);
        Optional<View.Me> me = member.map(m -> new View.Me(m.display(), m.actor(), m.mustChange()));
        boolean fragment = "true".equals(request.getHeader("HX-Request"))
                && !"true".equals(request.getHeader("HX-History-Restore-Request"));
        String query = request.getQueryString();
        return new View(new View.Setting(
                messages,
                look(request, member),
                path,
                query == null ? path : path + "?" + query,
                me,
                token(request),
                fragment,
                demo,
                flashes(request),
                me.map(this::nav).orElse(List.of()),
                assets));
    }

    private static Look look(HttpServletRequest request, Optional<Staff.Member> member) {
        String accept = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        Look look = Look.first(accept == null ? "" : accept)
                .or(member.map(Staff.Member::look).orElse(""));
        Cookie[] cookies = request.getCookies();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals(Look.COOKIE)) {
                look = look.or(cookie.getValue());
            }
        }
        // Only the query counts here: reading a parameter would read a form, and with it a file of any size.
        String query = request.getQueryString();
        for (String part : query == null ? new String[0] : query.split("&", -1)) {
            if (part.equals("lang=zh") || part.equals("lang=en")) {
                look = look.with(part.substring(5));
            }
        }
        return look;
    }

    private static Optional<View.Token> token(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                ? Optional.of(new View.Token(token.getParameterName(), token.getToken()))
                : Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private static List<Flash> flashes(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null || session.getAttribute(FLASHES) == null
                ? List.of()
                : (List<Flash>) session.getAttribute(FLASHES);
    }

    private List<View.Step> nav(View.Me me) {
        List<View.Step> steps = new ArrayList<>();
        for (Place.Group group : Place.Group.values()) {
            List<Place> places = Arrays.stream(Place.values())
                    .filter(p -> p.group() == group && open(p, me))
                    .toList();
            if (!places.isEmpty()) {
                steps.add(new View.Step(group, places));
            }
        }
        return steps;
    }

    private boolean open(Place place, View.Me me) {
        return table.routes().stream()
                .filter(r -> r.method() == RouteTable.Method.GET && r.path().equals(place.path()))
                .anyMatch(r -> switch (r.access()) {
                    case Access.Anyone() -> true;
                    case Access.Staff(Set<Role> roles) -> roles.stream().anyMatch(me.actor()::is);
                });
    }

    /** What failed before or outside the routes. */
    private ServerResponse failed(ServerRequest request) {
        HttpServletRequest servlet = request.servletRequest();
        int status = servlet.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer known ? known : 404;
        Object path = servlet.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        Visit visit = new Visit(request, view(servlet, path instanceof String asked ? asked : "/"));
        return answer(visit, new Answer.Problem(status < 400 ? 500 : status));
    }

    private ServerResponse asset(ServerRequest request) {
        return assets.at(request.pathVariable("hash"), request.pathVariable("name"))
                .map(a -> ok(a))
                .orElseGet(() -> answer(visit(request), new Answer.Problem(404)));
    }

    private static ServerResponse ok(Assets.Asset asset) {
        return bytes(
                ServerResponse.ok()
                        .header(HttpHeaders.CONTENT_TYPE, asset.type())
                        .cacheControl(CacheControl.maxAge(java.time.Duration.ofDays(365))
                                .cachePublic()
                                .immutable()),
                asset.bytes());
    }

    /** The response to an answer. */
    private ServerResponse answer(Visit visit, Answer answer) {
        return switch (answer) {
            case Answer.Page page -> page(visit, page);
            case Answer.Redirect redirect -> redirect(visit, redirect);
            case Answer.Download download -> download(download);
            case Answer.No(Refused refused) -> problem(visit, refused.code().status(), Optional.of(refused));
            case Answer.Problem(int status) -> problem(visit, status, Optional.empty());
        };
    }

    private ServerResponse page(Visit visit, Answer.Page page) {
        byte[] html = render(visit.view(), page.template(), page.it());
        HttpSession session = visit.request().servletRequest().getSession(false);
        if (session != null) {
            session.removeAttribute(FLASHES);
        }
        return bytes(
                ServerResponse.status(page.status())
                        .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                        .header(HttpHeaders.VARY, "HX-Request, Cookie, Accept-Language")
                        .header(HttpHeaders.CACHE_CONTROL, "no-store"),
                html);
    }

    private byte[] render(View view, String template, Object it) {
        Utf8ByteOutput out = new Utf8ByteOutput();
        templates.render(template + ".jte", Map.of("v", view, "it", it), out);
        return out.toByteArray();
    }

    private static ServerResponse redirect(Visit visit, Answer.Redirect redirect) {
        if (!redirect.flashes().isEmpty()) {
            HttpSession session = visit.request().servletRequest().getSession(true);
            List<Flash> all = Stream.concat(
                            flashes(visit.request().servletRequest()).stream(), redirect.flashes().stream())
                    .toList();
            session.setAttribute(FLASHES, new ArrayList<>(all));
        }
        return visit.fragment()
                ? ServerResponse.ok().header("HX-Redirect", redirect.to()).build()
                : ServerResponse.seeOther(URI.create(redirect.to())).build();
    }

    private static ServerResponse download(Answer.Download download) {
        return bytes(
                ServerResponse.ok()
                        .header(HttpHeaders.CONTENT_TYPE, download.mediaType())
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.attachment()
                                        .filename(download.name(), UTF_8)
                                        .build()
                                        .toString())
                        .header(HttpHeaders.CACHE_CONTROL, "no-store"),
                download.bytes());
    }

    private ServerResponse problem(Visit visit, int status, Optional<Refused> refused) {
        if (wantsJson(visit.request())) {
            return bytes(
                    ServerResponse.status(status)
                            .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE),
                    Problems.json(status, refused, visit.lang(), messages));
        }
        return page(visit, new Answer.Page(status, PROBLEM, new ProblemPage(status, refused)));
    }

    private static boolean wantsJson(ServerRequest request) {
        List<MediaType> accepted = request.headers().accept();
        return accepted.stream().anyMatch(a -> a.isCompatibleWith(MediaType.APPLICATION_JSON))
                && accepted.stream().noneMatch(a -> a.isCompatibleWith(MediaType.TEXT_HTML));
    }

    private static ServerResponse bytes(ServerResponse.BodyBuilder response, byte[] body) {
        return response.contentLength(body.length).build((request, answer) -> {
            answer.getOutputStream().write(body);
            return null;
        });
    }
}
