package dev.cinnabar.server.conduct;

import dev.cinnabar.server.cases.Turn;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.people.People;
import dev.cinnabar.server.people.User;
import dev.cinnabar.server.web.Access;
import dev.cinnabar.server.web.Answer;
import dev.cinnabar.server.web.Flash;
import dev.cinnabar.server.web.Form;
import dev.cinnabar.server.web.Moment;
import dev.cinnabar.server.web.RouteTable;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Staff;
import dev.cinnabar.server.web.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The pages of a user and of measures: who may decide decides, everybody else of the staff may look. */
final class ConductRoutes implements Routes {
    private static final String PERSON = "/console/people/{id}";
    private static final String ALL = "/console/measures";
    private static final int MOST = 200;
    private static final int LONGEST = 3_650;

    private final Conduct conduct;
    private final People people;
    private final Staff staff;
    private final InstantSource clock;

    ConductRoutes(Conduct conduct, People people, Staff staff, InstantSource clock) {
        this.conduct = conduct;
        this.people = people;
        this.staff = staff;
        this.clock = clock;
    }

    @Override
    public void on(RouteTable table) {
        Access look = Access.staff(Role.REVIEWER, Role.SENIOR, Role.OFFICER, Role.INSPECTOR);
        Access act = Access.staff(Role.REVIEWER, Role.SENIOR, Role.OFFICER);
        table.get(PERSON, look, visit -> on(visit, user -> person(user, Form.of(Map.of("source", "OWN_REVIEW")))))
                .post(PERSON + "/measures", act, visit -> on(visit, user -> take(visit, user)))
                .get(
                        ALL,
                        look,
                        visit -> Answer.page("conduct/all", new ConductPages.Waiting(rows(conduct.waiting(MOST)))))
                .get(ALL + "/{measure}", look, visit -> one(visit, Form.empty()))
                .post(ALL + "/{measure}/steps", act, this::step);
    }

    private interface Page {
        Answer of(User user);
    }

    private Answer on(Visit visit, Page page) {
        return people.byId(visit.path("id")).map(page::of).orElseGet(Answer::notFound);
    }

    private Answer.Page person(User user, Form form) {
        return Answer.page(
                "conduct/person",
                new ConductPages.Person(
                        user,
                        people.agreements().accepted(user.id()),
                        rows(conduct.ofUser(user.id())),
                        people.identities().of(user.id()),
                        people.agreements().of(user.id()),
                        people.revocations().of(user.id()),
                        form));
    }

    private List<ConductPages.Row> rows(List<Measure> measures) {
        Instant now = clock.instant();
        return measures.stream()
                .map(measure -> new ConductPages.Row(measure, measure.binds(now)))
                .toList();
    }

    private Answer take(Visit visit, User user) {
        Form form = visit.form();
        Optional<ConductPages.Step> step = form.choice("step", ConductPages.Step.class);
        String function = form.text("function", 0, 100);
        OptionalLong days = form.number("days", 1, LONGEST);
        Optional<Reasons.Ground> ground = form.choice("ground", Reasons.Ground.class);
        String clause = form.text("clause", 1, 500);
        String category = form.text("category", 0, 20);
        String facts = form.text("facts", 5, 2_000);
        Optional<Reasons.Source> source = form.choice("source", Reasons.Source.class);
        if (step.filter(ConductPages.Step.LIMIT_FUNCTION::equals).isPresent() && function.isEmpty()) {
            form.wrong("function", "form.missing");
        }
        if (step.filter(ConductPages.Step.SUSPEND::equals).isPresent() && days.isEmpty()) {
            form.wrong("days", "form.missing");
        }
        if (form.bad()) {
            return person(user, form).status(422);
        }
        Optional<Instant> until = days.isPresent()
                ? Optional.of(clock.instant().plus(Duration.ofDays(days.getAsLong())))
                : Optional.empty();
        Sanction sanction = switch (step.orElseThrow()) {
            case WARN -> new Sanction.Warn();
            case LIMIT_FUNCTION -> new Sanction.Limit(function, until);
            case SUSPEND -> new Sanction.Suspend(until.orElseThrow());
            case CLOSE -> new Sanction.Close();
        };
        Reasons reasons = new Reasons(
                ground.orElseThrow(), clause, category, facts, source.orElseThrow(), form.has("automated", "yes"));
        Outcome<Measure> outcome = form.has("urgent", "yes")
                ? conduct.takeUrgently(visit.actor(), user.id(), sanction, reasons)
                : conduct.take(visit.actor(), user.id(), sanction, reasons);
        return switch (outcome) {
            case Outcome.Done<Measure>(Measure measure) ->
                Answer.redirect(
                        ALL + "/" + measure.id(),
                        measure.state() == Measure.State.PROPOSED
                                ? Flash.care("conduct.proposed")
                                : Flash.done("conduct.taken"));
            case Outcome.Not<Measure>(Refused refused) ->
                person(user, form.refuse(refused)).status(422);
        };
    }

    private Answer one(Visit visit, Form form) {
        return conduct.see(visit.actor(), visit.path("measure"))
                .<Answer>map(seen -> shown(visit, seen, form))
                .orElseGet(Answer::notFound);
    }

    private Answer.Page shown(Visit visit, Conduct.Seen seen, Form form) {
        Lang lang = visit.lang();
        List<ConductPages.Offer> offers = seen.offers().stream()
                .map(offer -> new ConductPages.Offer(
                        offer.step().name(),
                        offer.step().label().in(lang),
                        switch (offer.may()) {
                            case Outcome.Done<?> may -> "";
                            case Outcome.Not<?>(Refused refused) ->
                                refused.reason().in(lang);
                        }))
                .toList();
        List<Moment> moments =
                seen.turns().stream().map(turn -> moment(turn, lang)).toList().reversed();
        Measure measure = seen.measure();
        return Answer.page(
                "conduct/one",
                new ConductPages.One(
                        measure,
                        measure.binds(clock.instant()),
                        measure.notice().in(lang),
                        offers,
                        moments,
                        form));
    }

    private Moment moment(Turn turn, Lang lang) {
        Measure.State to = Measure.State.valueOf(turn.to());
        String what = ConductRules.MACHINE.steps().stream()
                .filter(step -> step.name().equals(turn.name()))
                .findFirst()
                .map(step -> step.label().in(lang))
                .orElse(turn.name());
        return new Moment(turn.at(), ConductPages.tone(to), what, staff.called(turn.actor()), turn.reason());
    }

    private Answer step(Visit visit) {
        Form form = visit.form();
        String reason = form.text("reason", 3, 2_000);
        if (form.bad()) {
            return refusedAt(visit, form);
        }
        Outcome<Measure> outcome = conduct.answer(visit.actor(), visit.path("measure"), form.value("step"), reason);
        return switch (outcome) {
            case Outcome.Done<Measure>(Measure measure) ->
                Answer.redirect(ALL + "/" + measure.id(), Flash.done("conduct.done"));
            case Outcome.Not<Measure>(Refused refused) -> refusedAt(visit, form.refuse(refused));
        };
    }

    private Answer refusedAt(Visit visit, Form form) {
        return conduct.see(visit.actor(), visit.path("measure"))
                .<Answer>map(seen -> shown(visit, seen, form).status(422))
                .orElseGet(Answer::notFound);
    }
}
