package dev.cinnabar.server.algorithms;

import dev.cinnabar.server.cases.Machine;
import dev.cinnabar.server.cases.Turn;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.web.Access;
import dev.cinnabar.server.web.Answer;
import dev.cinnabar.server.web.Flash;
import dev.cinnabar.server.web.Form;
import dev.cinnabar.server.web.Moment;
import dev.cinnabar.server.web.RouteTable;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Staff;
import dev.cinnabar.server.web.Tone;
import dev.cinnabar.server.web.Visit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The pages of functions: everybody who works here may look, two of senior and officer switch. */
final class FunctionRoutes implements Routes {
    private static final String ALL = "/console/functions";
    private static final String ONE = ALL + "/{id}";

    private final Algorithms algorithms;
    private final Staff staff;

    FunctionRoutes(Algorithms algorithms, Staff staff) {
        this.algorithms = algorithms;
        this.staff = staff;
    }

    @Override
    public void on(RouteTable table) {
        Access decide = Access.staff(Role.SENIOR, Role.OFFICER);
        table.get(ALL, Access.anyStaff(), this::all)
                .get(ONE, Access.anyStaff(), visit -> one(visit, Form.empty()))
                .post(ONE + "/requests", decide, this::propose)
                .post(ONE + "/requests/{request}", decide, this::answer);
    }

    private enum To {
        ON,
        OFF
    }

    private Answer all(Visit visit) {
        List<FunctionPages.Item> items = algorithms.all().stream()
                .collect(Collectors.groupingBy(listed -> listed.function().item(), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(item -> new FunctionPages.Item(item.getKey(), item.getValue()))
                .toList();
        return Answer.page("algorithms/all", new FunctionPages.All(algorithms.version(), items));
    }

    private Answer one(Visit visit, Form form) {
        Optional<Algorithms.Listed> listed = algorithms.find(visit.path("id"));
        if (listed.isEmpty()) {
            return Answer.notFound();
        }
        List<FunctionPages.Wish> wishes = algorithms.wishes(visit.actor(), visit.path("id")).stream()
                .map(wish -> wish(visit.lang(), wish))
                .toList();
        String by = listed.get().last().map(last -> staff.called(last.actor())).orElse("");
        Answer.Page page = Answer.page("algorithms/one", new FunctionPages.One(listed.get(), by, wishes, form));
        return form.bad() ? page.status(422) : page;
    }

    private FunctionPages.Wish wish(Lang lang, Algorithms.Wish wish) {
        Tone tone = switch (wish.request().state()) {
            case PROPOSED -> Tone.CARE;
            case CONFIRMED -> Tone.GOOD;
            case REJECTED -> Tone.BAD;
            case WITHDRAWN -> Tone.PLAIN;
        };
        return new FunctionPages.Wish(
                wish.request(),
                staff.called(wish.request().proposer()),
                tone,
                wish.turns().stream().map(turn -> moment(lang, turn)).toList(),
                wish.offers().stream().map(offer -> offer(lang, offer)).toList());
    }

    private Moment moment(Lang lang, Turn turn) {
        String what = algorithms.label(turn.name()).in(lang);
        return new Moment(turn.at(), Tone.PLAIN, what, staff.called(turn.actor()), turn.reason());
    }

    private static FunctionPages.Offer offer(Lang lang, Machine.Offer<Switching.State> offer) {
        String closed = switch (offer.may()) {
            case Outcome.Done<?> done -> "";
            case Outcome.Not<?>(Refused refused) -> refused.reason().in(lang);
        };
        return new FunctionPages.Offer(offer.step().name(), offer.step().label().in(lang), closed);
    }

    private Answer propose(Visit visit) {
        Form form = visit.form();
        Optional<To> to = form.choice("to", To.class);
        String reason = form.text("reason", 3, 2_000);
        if (form.bad() || to.isEmpty()) {
            return one(visit, form);
        }
        return said(visit, form, algorithms.propose(visit.actor(), visit.path("id"), to.get() == To.ON, reason));
    }

    private Answer answer(Visit visit) {
        Form form = visit.form();
        String step = form.text("step", 1, 40);
        String reason = form.text("reason", 3, 2_000);
        if (form.bad()) {
            return one(visit, form);
        }
        return said(visit, form, algorithms.answer(visit.actor(), visit.path("request"), step, reason));
    }

    private Answer said(Visit visit, Form form, Outcome<Switching.Request> outcome) {
        return switch (outcome) {
            case Outcome.Done<Switching.Request>(Switching.Request request) ->
                Answer.redirect(
                        ALL + "/" + request.function(),
                        Flash.done("algorithms.said." + request.state().name(), request.function()));
            case Outcome.Not<Switching.Request>(Refused refused) -> one(visit, form.refuse(refused));
        };
    }
}
