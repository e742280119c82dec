package dev.cinnabar.server.people;

import dev.cinnabar.server.apps.Allowance;
import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.apps.Callers;
import dev.cinnabar.server.apps.Scope;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.web.Problems;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * What applications ask about their users over HTTP, with a key of the scope {@code people}: JSON in and out, problems as RFC 9457 says. Mapped on {@code /users},
 * {@code /users/*} and {@code /public/v1/agreements}, which asks no key.
 */
public final class UsersServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(UsersServlet.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LARGEST = 64 * 1024;

    private final transient People people;
    private final transient Callers callers;
    private final transient Allowance allowance;
    private final transient UserDesk desk;
    private final transient ImportDesk imports;
    private final transient List<Annex> annexes;
    private final transient InstantSource clock;

    public UsersServlet(People people, Callers callers, Allowance allowance, List<Annex> annexes, InstantSource clock) {
        this.people = people;
        this.callers = callers;
        this.allowance = allowance;
        this.desk = new UserDesk(people);
        this.imports = new ImportDesk(people.attestations());
        this.annexes = List.copyOf(annexes);
        this.clock = clock;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        Optional<Lang> asked =
                Optional.ofNullable(request.getHeader("Accept-Language")).flatMap(Lang::asked);
        Lang lang = asked.orElse(Lang.ZH);
        try {
            if (request.getServletPath().startsWith("/public/")) {
                send(
                        response,
                        request.getMethod().equals("GET") ? desk.documents() : new Reply.No(Refusals.noRoute()),
                        lang);
                return;
            }
            switch (caller(request)) {
                case Outcome.Not<Caller>(Refused refused) -> send(response, new Reply.No(refused), lang);
                case Outcome.Done<Caller>(Caller caller) ->
                    within(request, response, caller, asked.orElse(caller.lang()));
            }
        } catch (RuntimeException e) {
            // The cause may hold what was sent; it is named by its kind only.
            LOG.error(
                    "{} under /users failed: {}",
                    request.getMethod(),
                    e.getClass().getName());
            LOG.debug("the cause", e);
            send(response, new Reply.No(Refusals.notReady()), lang);
        }
    }

    private Outcome<Caller> caller(HttpServletRequest request) {
        String header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        String key = header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : "";
        return switch (callers.byKey(key)) {
            case Callers.Unknown unknown -> Outcome.not(Refusals.noKey());
            case Callers.Unready unready -> Outcome.not(Refusals.notReady());
            case Callers.Known(Caller caller) ->
                caller.scopes().contains(Scope.PEOPLE) ? Outcome.done(caller) : Outcome.not(Refusals.noScope());
        };
    }

    private void within(HttpServletRequest request, HttpServletResponse response, Caller caller, Lang lang)
            throws IOException {
        Optional<Refused> spent = allowance.spend(caller);
        if (spent.isPresent()) {
            send(response, new Reply.No(spent.get()), lang);
        } else {
            answer(request, response, caller, lang);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Caller caller, Lang lang)
            throws IOException {
        List<String> path = path(request);
        if (request.getMethod().equals("POST") && path.equals(List.of("verifications"))) {
            Optional<Refused> refused = imports.run(request, response, caller, lang);
            if (refused.isPresent()) {
                send(response, new Reply.No(refused.get()), lang);
            }
            return;
        }
        send(response, reply(request, caller, path, lang), lang);
    }

    private Reply reply(HttpServletRequest request, Caller caller, List<String> path, Lang lang) throws IOException {
        String method = request.getMethod();
        if (path.isEmpty()) {
            return method.equals("POST")
                    ? withBody(request, body -> desk.register(caller, body))
                    : new Reply.No(Refusals.noRoute());
        }
        Optional<User> user = people.find(caller.appId(), path.getFirst());
        if (user.isEmpty()) {
            return new Reply.No(Refusals.noUser());
        }
        if (path.size() == 1) {
            return switch (method) {
                case "GET" -> desk.user(user.get());
                case "DELETE" -> desk.erase(caller, path.getFirst());
                default -> new Reply.No(Refusals.noRoute());
            };
        }
        return switch (method) {
            case "GET" -> get(caller, user.get(), path, lang);
            case "POST" -> withBody(request, body -> post(caller, user.get(), path, body, lang));
            default -> new Reply.No(Refusals.noRoute());
        };
    }

    private Reply get(Caller caller, User user, List<String> path, Lang lang) {
        List<String> rest = path.subList(2, path.size());
        return switch (path.get(1)) {
            case "verifications" -> rest.isEmpty() ? desk.verifications(user, lang) : new Reply.No(Refusals.noRoute());
            case "acceptances" -> rest.isEmpty() ? desk.acceptances(user) : new Reply.No(Refusals.noRoute());
            default ->
                annex(path.get(1))
                        .map(annex -> annex.get(caller, user, rest))
                        .orElseGet(() -> new Reply.No(Refusals.noRoute()));
        };
    }

    private Reply post(Caller caller, User user, List<String> path, Body body, Lang lang) {
        List<String> rest = path.subList(2, path.size());
        return switch (path.get(1)) {
            case "verifications" ->
                rest.isEmpty() ? desk.verify(caller, path.getFirst(), body, lang) : new Reply.No(Refusals.noRoute());
            case "acceptances" ->
                rest.isEmpty()
                        ? desk.accept(caller, path.getFirst(), body, clock.instant())
                        : new Reply.No(Refusals.noRoute());
            default ->
                annex(path.get(1))
                        .map(annex -> annex.post(caller, user, rest, body))
                        .orElseGet(() -> new Reply.No(Refusals.noRoute()));
        };
    }

    private Optional<Annex> annex(String name) {
        return annexes.stream().filter(annex -> annex.name().equals(name)).findFirst();
    }

    /** What to do with a body. */
    private interface Reader {
        Reply read(Body body);
    }

    private static Reply withBody(HttpServletRequest request, Reader reader) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(LARGEST + 1);
        return bytes.length > LARGEST
                ? new Reply.No(Refusals.tooLarge(LARGEST))
                : Reply.of(Body.of(bytes), reader::read);
    }

    /** The parts of the path after {@code /users}, decoded by the container. */
    private static List<String> path(HttpServletRequest request) {
        String info = Optional.ofNullable(request.getPathInfo()).orElse("");
        return info.isEmpty() || info.equals("/")
                ? List.of()
                : List.of(info.substring(1).split("/", -1));
    }

    private void send(HttpServletResponse response, Reply reply, Lang lang) throws IOException {
        byte[] bytes;
        switch (reply) {
            case Reply.Json(int status, var object) -> {
                response.setStatus(status);
                response.setContentType("application/json");
                bytes = JSON.writeValueAsBytes(object);
            }
            case Reply.No(Refused refused) -> {
                refused.again(clock.instant())
                        .ifPresent(seconds -> response.setHeader("Retry-After", Long.toString(seconds)));
                response.setStatus(refused.code().status());
                response.setContentType("application/problem+json");
                response.setHeader("Content-Language", lang.tag().toLowerCase(Locale.ROOT));
                bytes = Problems.json(refused, lang);
            }
        }
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
