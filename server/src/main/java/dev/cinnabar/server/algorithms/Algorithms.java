package dev.cinnabar.server.algorithms;

import dev.cinnabar.server.cases.Case;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.cases.Machine;
import dev.cinnabar.server.cases.Sheet;
import dev.cinnabar.server.cases.Step;
import dev.cinnabar.server.cases.Turn;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.law.Words;
import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.Database;
import dev.cinnabar.server.store.Outbox;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Staff;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The functions that the provider offers: each on or off, switched by two people with a reason, and asked by the gate on every request. */
public final class Algorithms {
    private static final String KIND = "function switch";
    private static final Machine<Switching.State> MACHINE =
            Machine.of(KIND, Switching.State.class, Sheet.of(Algorithms.class, "switch.txt"));

    private final Database database;
    private final Changes changes;
    private final Outbox outbox;
    private final InstantSource clock;
    private final Ulid ids;
    private final CaseStore cases;
    private final FunctionTable table = FunctionTable.current();
    private final FunctionStore store = new FunctionStore();
    private final SwitchBoard board;

    /**
     * The functions of this database.
     *
     * @param background what loads memory, so that its statements are not counted as those of requests
     */
    public Algorithms(
            Database database,
            Database background,
            Changes changes,
            Outbox outbox,
            CaseStore cases,
            InstantSource clock,
            Ulid ids) {
        this.database = database;
        this.changes = changes;
        this.outbox = outbox;
        this.cases = cases;
        this.clock = clock;
        this.ids = ids;
        this.board = new SwitchBoard(background, changes, store, table);
    }

    /**
     * A function as people see it.
     *
     * @param last how it came to be on or off; empty where nobody ever switched it
     * @param open the request that waits for a second person
     */
    public record Listed(
            Function function,
            boolean on,
            Optional<Switching> last,
            Optional<Switching.Request> open,
            List<Condition> conditions) {}

    /** A request and what may be done with it by somebody. */
    public record Wish(Switching.Request request, List<Turn> turns, List<Machine.Offer<Switching.State>> offers) {}

    /** Records the states of a fresh data folder, once each, and follows the changes. */
    public void start() {
        database.useTransaction(this::seed);
        board.start();
    }

    /** The pages of functions. */
    public Routes routes(Staff staff) {
        return new FunctionRoutes(this, staff);
    }

    /** The words for a step of a request. */
    Words label(String step) {
        return MACHINE.steps().stream()
                .filter(one -> one.name().equals(step))
                .findFirst()
                .map(Step::label)
                .orElseGet(() -> new Words(step, step));
    }

    /** Whether a function may run, from memory. */
    public Functions functions() {
        return board;
    }

    /** The version of the table of functions. */
    public String version() {
        return table.version();
    }

    /** All functions in the order of Article 23. */
    @Article({"15", "19", "20", "23"})
    public List<Listed> all() {
        return database.inTransaction(handle -> {
            Map<String, Switching> last =
                    store.switches(handle).stream().collect(Collectors.toMap(Switching::function, s -> s));
            Map<String, Switching.Request> open =
                    store.open(handle).stream().collect(Collectors.toMap(Switching.Request::function, r -> r));
            return table.all().stream()
                    .map(function -> listed(
                            function,
                            Optional.ofNullable(last.get(function.id())),
                            Optional.ofNullable(open.get(function.id()))))
                    .toList();
        });
    }

    /** One function, or empty where the table has none by this id. */
    public Optional<Listed> find(String id) {
        return table.find(id)
                .map(function -> database.inTransaction(handle -> listed(
                        function,
                        store.find(handle, id),
                        store.of(handle, id).stream()
                                .filter(request -> request.state() == Switching.State.PROPOSED)
                                .findFirst())));
    }

    /** The requests of a function, newest first, with what this person may do with each. */
    public List<Wish> wishes(Actor actor, String function) {
        return database.inTransaction(handle -> {
            List<Wish> all = new ArrayList<>();
            for (Switching.Request request : store.of(handle, function)) {
                Optional<Case<Switching.State>> found = cases.find(handle, MACHINE, request.id());
                all.add(new Wish(
                        request,
                        found.map(Case::turns).orElse(List.of()),
                        found.map(now -> MACHINE.offers(now, actor)).orElse(List.of())));
            }
            return List.copyOf(all);
        });
    }

    /** Asks that a function be switched on or off; nothing changes until a second person confirms. */
    @Article({"15", "23"})
    public Outcome<Switching.Request> propose(Actor actor, String function, boolean on, String reason) {
        Optional<Function> known = table.find(function);
        if (known.isEmpty()) {
            return Outcome.not(FunctionRules.unlisted(function));
        }
        return database.inTransaction(handle -> {
            boolean now = store.find(handle, function).map(Switching::on).orElse(false);
            Optional<Refused> no = FunctionRules.may(known.get(), on, now, reason);
            if (no.isPresent()) {
                return Outcome.not(no.get());
            }
            return MACHINE.open("propose", actor, reason).then(step -> opened(handle, actor, function, on, reason));
        });
    }

    private Outcome<Switching.Request> opened(Handle handle, Actor actor, String function, boolean on, String reason) {
        Switching.Request request = new Switching.Request(
                ids.next(), function, on, Switching.State.PROPOSED, actor.id(), reason.strip(), now());
        if (!store.insert(handle, request)) {
            return Outcome.not(FunctionRules.alreadyOpen(function));
        }
        return cases.open(handle, MACHINE, request.id(), "propose", actor, reason)
                .then(turn -> {
                    outbox.add(handle, "function.proposed", actor, function, facts(request, reason));
                    return Outcome.done(request);
                });
    }

    /** Answers a request: {@code confirm}, {@code reject} or {@code withdraw}. A confirmed switch is in force at the next request. */
    @Article({"15", "23"})
    public Outcome<Switching.Request> answer(Actor actor, String requestId, String step, String reason) {
        return database.inTransaction(handle -> {
            Optional<Switching.Request> found = store.request(handle, requestId);
            if (found.isEmpty()) {
                return Outcome.not(FunctionRules.noRequest(requestId));
            }
            Switching.Request request = found.get();
            Optional<Refused> no = step.equals("confirm") ? stillMay(request, reason) : Optional.empty();
            if (no.isPresent()) {
                return Outcome.not(no.get());
            }
            return cases.take(handle, MACHINE, requestId, step, actor, reason)
                    .then(turn -> Outcome.done(answered(handle, actor, request, turn)));
        });
    }

    private Optional<Refused> stillMay(Switching.Request request, String reason) {
        // The table may have changed with an update of the software since the proposal.
        return table.find(request.function())
                .map(function -> FunctionRules.may(function, request.on(), !request.on(), reason))
                .orElseGet(() -> Optional.of(FunctionRules.unlisted(request.function())));
    }

    private Switching.Request answered(Handle handle, Actor actor, Switching.Request request, Turn turn) {
        Switching.State state = Switching.State.valueOf(turn.to());
        store.state(handle, request.id(), state);
        String event = switch (state) {
            case PROPOSED -> throw new IllegalStateException("No answer leads back to PROPOSED");
            case CONFIRMED -> request.on() ? "function.on" : "function.off";
            case REJECTED -> "function.rejected";
            case WITHDRAWN -> "function.withdrawn";
        };
        if (state == Switching.State.CONFIRMED) {
            store.put(
                    handle,
                    new Switching(
                            request.function(), request.on(), turn.at(), actor.id(), request.reason(), request.id()));
            changes.bump(handle, "functions", request.function());
        }
        outbox.add(handle, event, actor, request.function(), facts(request, turn.reason()));
        return store.request(handle, request.id()).orElseThrow();
    }

    private void seed(Handle handle) {
        for (Function function : table.all()) {
            String reason = FunctionRules.FIRST.en();
            Switching first = new Switching(function.id(), true, now(), Actor.SYSTEM.id(), reason, "");
            if (function.first() && store.seed(handle, first)) {
                changes.bump(handle, "functions", function.id());
                outbox.add(
                        handle,
                        "function.on",
                        Actor.SYSTEM,
                        function.id(),
                        Map.of("basis", "INTERNAL", "table", table.version(), "reason", reason));
            }
        }
    }

    private static Listed listed(Function function, Optional<Switching> last, Optional<Switching.Request> open) {
        boolean on = last.map(Switching::on).orElse(false) && !function.trait().biometric();
        return new Listed(function, on, last, open, Condition.of(function));
    }

    private static Map<String, String> facts(Switching.Request request, String reason) {
        return Map.of(
                "request", request.id(),
                "wanted", request.on() ? "on" : "off",
                "proposer", request.proposer(),
                "reason", reason.strip());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
