package dev.cinnabar.server.tampering;

import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Source;
import dev.cinnabar.label.sign.SignatureCheck;
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
import dev.cinnabar.server.web.Upload;
import dev.cinnabar.server.web.Visit;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;

/** The pages of tamper cases: the list, the evidence of one, its steps, and a form for a file that came with a complaint. */
final class TamperRoutes implements Routes {
    private static final String ALL = "/console/tampering";

    private final Tampering tampering;
    private final Labels labels;
    private final Staff staff;
    /** Files lie in memory while they are read: this many at a time. */
    private final Semaphore seats = new Semaphore(2);

    TamperRoutes(Tampering tampering, Labels labels, Staff staff) {
        this.tampering = tampering;
        this.labels = labels;
        this.staff = staff;
    }

    @Override
    public void on(RouteTable table) {
        Access look = Access.staff(Role.REVIEWER, Role.SENIOR, Role.OFFICER, Role.INSPECTOR);
        Access act = Access.staff(Role.REVIEWER, Role.SENIOR, Role.OFFICER);
        table.get(ALL, look, visit -> all(Form.empty()))
                .post(ALL, act, this::examine)
                .get(ALL + "/{case}", look, visit -> one(visit, Form.empty()))
                .post(ALL + "/{case}/steps", act, this::step);
    }

    private Answer.Page all(Form form) {
        return Answer.page("tampering/all", new TamperPages.All(tampering.list(), form));
    }

    private Answer examine(Visit visit) throws IOException {
        if (!seats.tryAcquire()) {
            return new Answer.Problem(503);
        }
        try {
            return switch (visit.upload("file")) {
                case Upload.File(String name, byte[] bytes) -> examined(visit, name, bytes);
                case Upload.Nothing() ->
                    all(Form.empty().wrong("file", "check.nothing")).status(422);
                case Upload.TooLarge() ->
                    all(Form.empty().wrong("file", "tampering.large")).status(413);
                case Upload.Broken() ->
                    all(Form.empty().wrong("file", "check.broken")).status(400);
            };
        } finally {
            seats.release();
        }
    }

    private Answer examined(Visit visit, String name, byte[] bytes) throws IOException {
        Examiner.Examined examined = tampering.examine(new Examiner.Sighting(
                Examiner.Source.COMPLAINT,
                visit.actor(),
                name,
                bytes,
                SignatureCheck.withoutTrust(labels.read(Source.of(name, bytes)))));
        if (examined.caseId().isPresent()) {
            return Answer.redirect(ALL + "/" + examined.caseId().get(), Flash.care("tampering.found"));
        }
        return Answer.redirect(
                ALL,
                examined.outcome().isPresent() ? Flash.done("tampering.intact") : Flash.care("tampering.not.ours"));
    }

    private Answer one(Visit visit, Form form) {
        return tampering
                .see(visit.actor(), visit.path("case"))
                .<Answer>map(seen -> shown(visit, seen, form))
                .orElseGet(Answer::notFound);
    }

    private Answer.Page shown(Visit visit, Tampering.Seen seen, Form form) {
        Lang lang = visit.lang();
        List<TamperPages.Offer> offers = seen.offers().stream()
                .map(offer -> new TamperPages.Offer(
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
        return Answer.page("tampering/one", new TamperPages.One(seen.about(), offers, moments, form));
    }

    private Moment moment(Turn turn, Lang lang) {
        String what = TamperRules.MACHINE.steps().stream()
                .filter(step -> step.name().equals(turn.name()))
                .findFirst()
                .map(step -> step.label().in(lang))
                .orElse(turn.name());
        return new Moment(
                turn.at(),
                TamperPages.tone(TamperCase.State.valueOf(turn.to())),
                what,
                staff.called(turn.actor()),
                turn.reason());
    }

    private Answer step(Visit visit) {
        Form form = visit.form();
        String id = visit.path("case");
        String reason = form.text("reason", 3, 2_000);
        if (form.bad()) {
            return refusedAt(visit, form);
        }
        return switch (tampering.answer(visit.actor(), id, form.value("step"), reason)) {
            case Outcome.Done<TamperCase.State> done -> Answer.redirect(ALL + "/" + id, Flash.done("tampering.done"));
            case Outcome.Not<TamperCase.State>(Refused refused) -> refusedAt(visit, form.refuse(refused));
        };
    }

    private Answer refusedAt(Visit visit, Form form) {
        return tampering
                .see(visit.actor(), visit.path("case"))
                .<Answer>map(seen -> shown(visit, seen, form).status(422))
                .orElseGet(Answer::notFound);
    }
}
