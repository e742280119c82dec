package dev.cinnabar.server.conduct;

import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.cases.Machine;
import dev.cinnabar.server.cases.Turn;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.people.Annex;
import dev.cinnabar.server.people.People;
import dev.cinnabar.server.people.Plaintext;
import dev.cinnabar.server.people.Standing;
import dev.cinnabar.server.store.Database;
import dev.cinnabar.server.store.Outbox;
import dev.cinnabar.server.store.Timers;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Staff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Measures against users: imposed, approved by a second person where they weigh, lifted, appealed, ended by their time. */
@Article("10")
public final class Conduct {
    private static final String END = "conduct.end";
    private static final String CONFIRM = "conduct.confirm";

    private final Database database;
    private final Outbox outbox;
    private final CaseStore cases;
    private final People people;
    private final Timers timers;
    private final InstantSource clock;
    private final Ulid ids;
    private final MeasureStore store = new MeasureStore();

    public Conduct(
            Database database,
            Outbox outbox,
            CaseStore cases,
            People people,
            Timers timers,
            InstantSource clock,
            Ulid ids) {
        this.database = database;
        this.outbox = outbox;
        this.cases = cases;
        this.people = people;
        this.timers = timers;
        this.clock = clock;
        this.ids = ids;
        timers.on(END, this::end);
        timers.on(CONFIRM, this::lapse);
        timers.every("conduct.sweep", Duration.ofMinutes(1), this::sweep);
    }

    /** The pages of a user and of measures. */
    public Routes routes(Staff staff) {
        return new ConductRoutes(this, people, staff, clock);
    }

    /** What applications may read of measures. */
    public Annex annex() {
        return new MeasureAnnex(this, clock);
    }

    /**
     * Takes a measure. A light one is in force at the next request; one that needs a second person (a long suspension, a closure) is only proposed.
     *
     * @param userId the user's own id
     */
    @Article("10")
    public Outcome<Measure> take(Actor actor, String userId, Sanction sanction, Reasons reasons) {
        return open(actor, userId, sanction, reasons, ConductRules.alone(sanction, now()) ? "impose" : "propose");
    }

    /** Takes a measure at once, whatever its weight; it lapses unless another person confirms it within the term. */
    @Article("10")
    public Outcome<Measure> takeUrgently(Actor actor, String userId, Sanction sanction, Reasons reasons) {
        return open(actor, userId, sanction, reasons, "urge");
    }

    private Outcome<Measure> open(Actor actor, String userId, Sanction sanction, Reasons reasons, String step) {
        Instant now = now();
        var wrong = ConductRules.wrong(sanction, reasons, now);
        if (wrong.isPresent()) {
            return Outcome.not(wrong.get());
        }
        return database.inTransaction(handle -> {
            if (people.byId(userId).isEmpty()) {
                return Outcome.not(ConductRules.noUser(userId));
            }
            String id = ids.next();
            return cases.open(handle, ConductRules.MACHINE, id, step, actor, reasons.facts())
                    .then(turn -> {
                        Measure measure = new Measure(
                                id,
                                userId,
                                sanction,
                                Measure.State.valueOf(turn.to()),
                                reasons,
                                ConductRules.notice(sanction, reasons, now),
                                now);
                        store.insert(handle, measure);
                        if (measure.state() == Measure.State.URGENT) {
                            timers.set(handle, CONFIRM, id, ConductRules.after("urgent.confirmation", now));
                        }
                        carryOut(handle, measure, actor, turn);
                        return Outcome.done(measure);
                    });
        });
    }

    /** Makes a step of a measure: approve, decline, confirm, lift, appeal, uphold, reverse. Two who act at once are decided by whose transaction commits first. */
    @Article("10")
    public Outcome<Measure> answer(Actor actor, String measureId, String step, String reason) {
        if (Plaintext.in(reason)) {
            return Outcome.not(ConductRules.plaintext());
        }
        return database.inTransaction(handle -> {
            Optional<Measure> found = store.lock(handle, measureId);
            if (found.isEmpty()) {
                return Outcome.not(ConductRules.noMeasure(measureId));
            }
            Instant window = ConductRules.after("appeal.window", found.get().made());
            if (step.equals("appeal") && now().isAfter(window)) {
                return Outcome.not(ConductRules.tooLate(window));
            }
            return step(handle, found.get(), actor, step, reason);
        });
    }

    private Outcome<Measure> step(Handle handle, Measure measure, Actor actor, String step, String reason) {
        return cases.take(handle, ConductRules.MACHINE, measure.id(), step, actor, reason)
                .then(turn -> {
                    Measure after = new Measure(
                            measure.id(),
                            measure.userId(),
                            measure.sanction(),
                            Measure.State.valueOf(turn.to()),
                            measure.reasons(),
                            measure.notice(),
                            measure.made());
                    store.state(handle, after.id(), after.state());
                    if (measure.state() == Measure.State.URGENT) {
                        timers.drop(handle, CONFIRM, measure.id());
                    }
                    carryOut(handle, after, actor, turn);
                    return Outcome.done(after);
                });
    }

    /** Brings the user's standing and the timer into line with the measure's state, in the same transaction. */
    private void carryOut(Handle handle, Measure measure, Actor actor, Turn turn) {
        Optional<Standing.Restriction> restriction =
                measure.state() == Measure.State.URGENT ? provisional(measure) : restriction(measure);
        if (measure.state().inForce() && restriction.isPresent()) {
            people.restrict(handle, measure.userId(), restriction.get());
            measure.end().ifPresent(end -> timers.set(handle, END, measure.id(), end));
        } else if (!measure.state().inForce()) {
            people.release(handle, measure.id());
            timers.drop(handle, END, measure.id());
        }
        outbox.add(
                handle,
                "measure." + turn.name(),
                actor,
                measure.id(),
                Map.of(
                        "user",
                        measure.userId(),
                        "measure",
                        measure.sanction().word(),
                        "state",
                        measure.state().name(),
                        "ground",
                        measure.reasons().ground().name(),
                        "rules",
                        turn.rules()));
    }

    /** What an urgent measure leaves until it is confirmed: it ends at the term by itself, whether or not a timer records that. */
    private static Optional<Standing.Restriction> provisional(Measure measure) {
        Instant lapse = ConductRules.after("urgent.confirmation", measure.made());
        Instant until = measure.end().filter(lapse::isAfter).orElse(lapse);
        return switch (measure.sanction()) {
            case Sanction.Warn() -> Optional.empty();
            case Sanction.Limit limit ->
                Optional.of(new Standing.Limited(measure.id(), limit.function(), Optional.of(until)));
            case Sanction.Suspend suspend -> Optional.of(new Standing.Suspended(measure.id(), until));
            case Sanction.Close() -> Optional.of(new Standing.Suspended(measure.id(), until));
        };
    }

    private static Optional<Standing.Restriction> restriction(Measure measure) {
        return switch (measure.sanction()) {
            case Sanction.Warn() -> Optional.empty();
            case Sanction.Limit limit ->
                Optional.of(new Standing.Limited(measure.id(), limit.function(), limit.until()));
            case Sanction.Suspend suspend -> Optional.of(new Standing.Suspended(measure.id(), suspend.until()));
            case Sanction.Close() -> Optional.of(new Standing.Closed(measure.id()));
        };
    }

    /** Records that a measure's time is over; the gate compared it already. May run twice and early. */
    private void end(String id) {
        byTime(id, measure -> measure.end().filter(end -> !end.isAfter(now())).isPresent(), "its time is over");
    }

    private void lapse(String id) {
        byTime(
                id,
                measure -> measure.state() == Measure.State.URGENT
                        && !ConductRules.after("urgent.confirmation", measure.made())
                                .isAfter(now()),
                "nobody confirmed it in time");
    }

    private interface Due {
        boolean is(Measure measure);
    }

    private void byTime(String id, Due due, String reason) {
        database.useTransaction(handle -> {
            Optional<Measure> measure = store.lock(handle, id).filter(due::is);
            measure.ifPresent(
                    found -> timed(found.state()).ifPresent(step -> step(handle, found, Actor.SYSTEM, step, reason)));
        });
    }

    /** The step that time makes from a state. */
    private static Optional<String> timed(Measure.State state) {
        return switch (state) {
            case EFFECTIVE -> Optional.of("expire");
            case APPEALED -> Optional.of("run_out");
            case URGENT -> Optional.of("lapse");
            case PROPOSED, DECLINED, LAPSED, EXPIRED, LIFTED, REVERSED -> Optional.empty();
        };
    }

    /** The backstop of the timers: whatever is past its time and not recorded yet. */
    public void sweep() {
        Instant now = now();
        List<String> due = database.inTransaction(handle -> store.due(handle, now));
        due.forEach(this::end);
        Instant latest = now.minus(Duration.between(now, ConductRules.after("urgent.confirmation", now)));
        database.inTransaction(handle -> store.urgentSince(handle, latest)).forEach(this::lapse);
    }

    /** The measures against a user, newest first. */
    public List<Measure> ofUser(String userId) {
        return database.inTransaction(handle -> store.ofUser(handle, userId));
    }

    /** What waits for a second person: proposals, urgent measures, appeals. */
    public List<Measure> waiting(int most) {
        return database.inTransaction(handle ->
                store.in(handle, List.of(Measure.State.PROPOSED, Measure.State.URGENT, Measure.State.APPEALED), most));
    }

    /** A measure with its history and what this person may do with it. */
    public Optional<Seen> see(Actor actor, String measureId) {
        return database.inTransaction(handle -> store.lock(handle, measureId)
                .flatMap(measure -> cases.find(handle, ConductRules.MACHINE, measureId)
                        .map(now -> new Seen(
                                measure,
                                cases.history(handle, ConductRules.MACHINE.kind(), measureId),
                                ConductRules.MACHINE.offers(now, actor)))));
    }

    /** A measure as a page shows it. */
    public record Seen(Measure measure, List<Turn> turns, List<Machine.Offer<Measure.State>> offers) {}

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
