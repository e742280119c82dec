package dev.cinnabar.server.features;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Folds;
import dev.cinnabar.review.Library;
import dev.cinnabar.review.Risk;
import dev.cinnabar.review.Severity;
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
import dev.cinnabar.server.web.Upload;
import dev.cinnabar.server.web.Visit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The pages of the feature database. */
final class FeatureRoutes implements Routes {
    private static final String ALL = "/console/features";
    private static final String ONE = ALL + "/at/{id}";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int ROWS = 50;

    private final Features features;
    private final Staff staff;
    private final InstantSource clock;

    FeatureRoutes(Features features, Staff staff, InstantSource clock) {
        this.features = features;
        this.staff = staff;
        this.clock = clock;
    }

    @Override
    public void on(RouteTable table) {
        Access look = Access.anyStaff();
        Access work = Access.staff(Role.REVIEWER, Role.SENIOR, Role.OFFICER);
        table.get(ALL, look, this::list)
                .get(ALL + "/new", work, this::fresh)
                .post(ALL + "/new", work, this::propose)
                .get(ALL + "/import", work, visit -> importing(papers()))
                .post(ALL + "/import", work, this::imported)
                .get(ALL + "/export", look, this::export)
                .post(ALL + "/batches/{batch}", work, this::batch)
                .get(ONE, look, visit -> one(visit, Form.empty()))
                .post(ONE + "/{version}/steps", work, this::step)
                .post(ONE + "/{version}/renewals", work, this::renew);
    }

    private Answer list(Visit visit) {
        Optional<Entry.State> state = visit.query("state")
                .flatMap(asked -> Stream.of(Entry.State.values())
                        .filter(one -> one.name().equals(asked))
                        .findFirst());
        Features.Filter filter = new Features.Filter(
                state, visit.query("q").orElse(""), visit.query("batch").orElse(""));
        int page = visit.query("page")
                .filter(text -> text.matches("[1-9][0-9]{0,5}"))
                .map(Integer::valueOf)
                .orElse(1);
        Features.Listing listing = features.list(filter, (page - 1) * ROWS, ROWS);
        int pages = (int) Math.max(1, (listing.total() + ROWS - 1) / ROWS);
        Form form = Form.of(
                Map.of("q", filter.text(), "state", state.map(Enum::name).orElse("")));
        String library = features.live().current().map(Library::version).orElse("");
        return Answer.page("features/all", new FeaturePages.All(listing, filter, form, library, page, pages));
    }

    private Answer fresh(Visit visit) {
        Form form = visit.query("of")
                .flatMap(id -> features.file(visit.actor(), id))
                .map(file -> of(file.versions().getFirst().entry()))
                .orElseGet(() -> Form.of(
                        Map.of("folds", "default", "severity", "MEDIUM", "action", "HOLD", "reviewBy", usual())));
        return proposing(form);
    }

    private Form of(Entry entry) {
        Proposal content = entry.content();
        return Form.of(Map.of(
                "id", entry.id(),
                "pattern", content.pattern(),
                "risk", content.risk().code(),
                "severity", content.severity().name(),
                "action", content.action().name(),
                "folds", content.folds().text(),
                "evidence", content.evidence(),
                "provenance", content.provenance(),
                "owner", content.owner(),
                "reviewBy", usual()));
    }

    private static Answer.Page proposing(Form form) {
        return Answer.page("features/new", new FeaturePages.New(form));
    }

    private Answer propose(Visit visit) {
        Form form = visit.form();
        String id = form.text("id", 0, 64);
        String pattern = form.text("pattern", 1, 256);
        Optional<Risk> risk = Risk.of(form.value("risk"));
        if (risk.isEmpty()) {
            form.wrong("risk", "form.choose");
        }
        Optional<Severity> severity = form.choice("severity", Severity.class);
        Optional<Action> action = form.choice("action", Action.class);
        Optional<Folds> folds = Folds.parse(form.value("folds"));
        if (folds.isEmpty()) {
            form.wrong("folds", "features.folds.wrong");
        }
        Proposal.Papers papers = papers(form);
        String reason = form.text("reason", 3, 2_000);
        if (form.bad()) {
            return proposing(form).status(422);
        }
        Proposal proposal = new Proposal(
                Optional.of(id).filter(text -> !text.isEmpty()),
                pattern,
                risk.orElseThrow(),
                severity.orElseThrow(),
                action.orElseThrow(),
                folds.orElseThrow(),
                papers.evidence(),
                papers.provenance(),
                papers.owner(),
                papers.reviewBy());
        return switch (features.propose(visit.actor(), proposal, reason)) {
            case Outcome.Done<Entry>(Entry entry) ->
                Answer.redirect(ALL + "/at/" + entry.id(), Flash.done("features.proposed", entry.id()));
            case Outcome.Not<Entry>(Refused refused) ->
                proposing(form.refuse(refused)).status(422);
        };
    }

    private static Proposal.Papers papers(Form form) {
        return new Proposal.Papers(
                form.text("evidence", 1, FeatureRules.LONGEST_PAPER),
                form.text("provenance", 1, 500),
                form.text("owner", 1, 200),
                lastDay(form));
    }

    /** A feature is looked at again at the end of the day that was chosen, in China's time. */
    private static Instant lastDay(Form form) {
        try {
            return LocalDate.parse(form.text("reviewBy", 1, 10))
                    .plusDays(1)
                    .atStartOfDay(ZONE)
                    .toInstant();
        } catch (DateTimeParseException e) {
            if (form.wrong("reviewBy").isEmpty()) {
                form.wrong("reviewBy", "features.date.wrong");
            }
            return Instant.EPOCH;
        }
    }

    private String usual() {
        return Features.USUAL
                .from(clock.instant())
                .at()
                .atZone(ZONE)
                .toLocalDate()
                .toString();
    }

    private Form papers() {
        return Form.of(Map.of("reviewBy", usual()));
    }

    private static Answer.Page importing(Form form) {
        return Answer.page("features/import", new FeaturePages.Import(form, Intake.MOST));
    }

    private Answer imported(Visit visit) {
        Form form = visit.form();
        String csv = switch (visit.upload("file")) {
            case Upload.File file -> new String(file.bytes(), StandardCharsets.UTF_8);
            case Upload.Nothing nothing -> {
                form.wrong("file", "features.file.nothing");
                yield "";
            }
            case Upload.TooLarge large -> {
                form.wrong("file", "features.file.large");
                yield "";
            }
            case Upload.Broken broken -> {
                form.wrong("file", "features.file.broken");
                yield "";
            }
        };
        Proposal.Papers papers = papers(form);
        String reason = form.text("reason", 3, 2_000);
        if (form.bad()) {
            return importing(form).status(422);
        }
        return switch (features.importCsv(visit.actor(), csv, papers, reason)) {
            case Outcome.Done<Features.Imported>(Features.Imported result) ->
                Answer.page("features/imported", new FeaturePages.Imported(result));
            case Outcome.Not<Features.Imported>(Refused refused) ->
                importing(form.refuse(refused)).status(422);
        };
    }

    private Answer export(Visit visit) {
        Entry.State state = visit.query("state")
                .flatMap(asked -> Stream.of(Entry.State.values())
                        .filter(one -> one.name().equals(asked))
                        .findFirst())
                .orElse(Entry.State.ACTIVE);
        byte[] csv = features.export(state).getBytes(StandardCharsets.UTF_8);
        String name = "features-" + state.name().toLowerCase(Locale.ROOT) + ".csv";
        return Answer.download("text/csv;charset=utf-8", name, csv);
    }

    private Answer batch(Visit visit) {
        Form form = visit.form();
        String batch = visit.path("batch");
        Outcome<Features.Taken> outcome =
                features.takeBatch(visit.actor(), batch, form.text("step", 1, 40), form.text("reason", 0, 2_000));
        return switch (outcome) {
            case Outcome.Done<Features.Taken>(Features.Taken taken) ->
                Answer.page("features/taken", new FeaturePages.Taken(batch, taken));
            case Outcome.Not<Features.Taken>(Refused refused) -> Answer.no(refused);
        };
    }

    private Answer one(Visit visit, Form form) {
        return features.file(visit.actor(), visit.path("id"))
                .map(file -> page(visit.lang(), file, form))
                .orElseGet(Answer::notFound);
    }

    private Answer page(Lang lang, Features.File file, Form form) {
        List<FeaturePages.Version> versions =
                file.versions().stream().map(version -> version(lang, version)).toList();
        Answer.Page page = Answer.page("features/one", new FeaturePages.File(file.id(), versions, file.counts(), form));
        return form.bad() ? page.status(422) : page;
    }

    private FeaturePages.Version version(Lang lang, Features.Version version) {
        return new FeaturePages.Version(
                version.entry(),
                staff.called(version.entry().proposer()),
                version.turns().stream().map(turn -> moment(lang, turn)).toList(),
                version.offers().stream()
                        .filter(offer -> Steps.BY_HAND.contains(offer.step().name()))
                        .map(offer -> offer(lang, offer))
                        .toList(),
                version.standard());
    }

    private Moment moment(Lang lang, Turn turn) {
        Tone tone = FeaturePages.tone(Entry.State.valueOf(turn.to()));
        return new Moment(
                turn.at(), tone, Features.label(turn.name()).in(lang), staff.called(turn.actor()), turn.reason());
    }

    private static FeaturePages.Offer offer(Lang lang, Machine.Offer<Entry.State> offer) {
        String closed = switch (offer.may()) {
            case Outcome.Done<?> done -> "";
            case Outcome.Not<?>(Refused refused) -> refused.reason().in(lang);
        };
        return new FeaturePages.Offer(offer.step().name(), offer.step().label().in(lang), closed);
    }

    private Answer step(Visit visit) {
        Form form = visit.form();
        String step = form.text("step", 1, 40);
        String reason = form.text("reason", 3, 2_000);
        return form.bad()
                ? one(visit, form)
                : said(visit, form, features.take(visit.actor(), visit.path("id"), version(visit), step, reason));
    }

    private Answer renew(Visit visit) {
        Form form = visit.form();
        Instant until = lastDay(form);
        String reason = form.text("reason", 3, 2_000);
        return form.bad()
                ? one(visit, form)
                : said(visit, form, features.renew(visit.actor(), visit.path("id"), version(visit), until, reason));
    }

    private static int version(Visit visit) {
        String text = visit.path("version");
        return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
    }

    private Answer said(Visit visit, Form form, Outcome<Entry> outcome) {
        return switch (outcome) {
            case Outcome.Done<Entry>(Entry entry) ->
                Answer.redirect(
                        ALL + "/at/" + entry.id(),
                        Flash.done("features.said." + entry.state().name(), entry.id()));
            case Outcome.Not<Entry>(Refused refused) -> one(visit, form.refuse(refused));
        };
    }
}
