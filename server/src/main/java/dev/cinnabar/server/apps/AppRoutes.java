package dev.cinnabar.server.apps;

import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.web.Access;
import dev.cinnabar.server.web.Answer;
import dev.cinnabar.server.web.Flash;
import dev.cinnabar.server.web.Form;
import dev.cinnabar.server.web.RouteTable;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Staff;
import dev.cinnabar.server.web.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** The pages of applications and keys: admins change them, compliance and inspectors may look. */
final class AppRoutes implements Routes {
    private static final String ALL = "/console/apps";
    private static final String NEW = ALL + "/new";
    private static final String ONE = ALL + "/{id}";
    private static final String KEY = ONE + "/keys/{key}";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Apps apps;
    private final Staff staff;
    private final InstantSource clock;

    AppRoutes(Apps apps, Staff staff, InstantSource clock) {
        this.apps = apps;
        this.staff = staff;
        this.clock = clock;
    }

    @Override
    public void on(RouteTable table) {
        Access look = Access.staff(Role.ADMIN, Role.OFFICER, Role.INSPECTOR);
        Access change = Access.staff(Role.ADMIN);
        table.get(ALL, look, visit -> Answer.page("apps/all", new AppPages.All(apps.all())))
                .get(NEW, change, visit -> fresh(Form.of(Map.of("explicit", "TEXT", "lang", "ZH"))))
                .post(NEW, change, this::create)
                .get(ONE, look, visit -> on(visit, app -> Answer.page("apps/one", one(app))))
                .get(ONE + "/edit", change, visit -> on(visit, app -> edit(app, start(app))))
                .post(ONE + "/edit", change, visit -> on(visit, app -> change(visit, app)))
                .get(ONE + "/keys/new", change, visit -> on(visit, app -> newKey(app, Form.empty())))
                .post(ONE + "/keys/new", change, visit -> on(visit, app -> issue(visit, app)))
                .get(KEY, look, visit -> key(visit, Form.of(Map.of("hours", "24")), Form.empty()))
                .post(KEY + "/rotations", change, this::rotate)
                .post(KEY + "/revocations", change, this::revoke);
    }

    private interface Page {
        Answer of(App app);
    }

    private Answer on(Visit visit, Page page) {
        return apps.find(visit.path("id")).map(page::of).orElseGet(Answer::notFound);
    }

    private AppPages.One one(App app) {
        Instant now = clock.instant();
        return new AppPages.One(
                app,
                apps.keys(app.id()).stream()
                        .map(key -> AppPages.Row.of(key, now))
                        .toList());
    }

    private static Answer.Page fresh(Form form) {
        return Answer.page("apps/edit", new AppPages.Edit(form, NEW, "apps.new", ALL));
    }

    private static Answer.Page edit(App app, Form form) {
        String at = ALL + "/" + app.id();
        return Answer.page("apps/edit", new AppPages.Edit(form, at + "/edit", "apps.edit", at));
    }

    private static Form start(App app) {
        return Form.of(Map.of(
                "revision", Integer.toString(app.revision()),
                "name", app.name(),
                "explicit", app.explicit().name(),
                "evidence", app.evidence(),
                "lang", app.lang().name(),
                "user", app.boundUser().orElse(""),
                "producer", app.producer().orElse("")));
    }

    private static Optional<App.Draft> draft(Form form) {
        String name = form.text("name", 1, 100);
        Optional<Caller.Explicit> explicit = form.choice("explicit", Caller.Explicit.class);
        String evidence = form.text("evidence", 0, 2_000);
        Optional<Lang> lang = form.choice("lang", Lang.class);
        String user = form.text("user", 0, 256);
        String producer = form.text("producer", 0, 200);
        return form.bad()
                ? Optional.empty()
                : Optional.of(new App.Draft(
                        name,
                        explicit.orElseThrow(),
                        evidence,
                        lang.orElseThrow(),
                        Optional.of(user),
                        Optional.of(producer)));
    }

    private Answer create(Visit visit) {
        Form form = visit.form();
        Optional<App.Draft> draft = draft(form);
        if (draft.isEmpty()) {
            return fresh(form).status(422);
        }
        return switch (apps.create(visit.actor(), draft.get())) {
            case Outcome.Done<App>(App app) -> said(app, "apps.created.now");
            case Outcome.Not<App>(Refused refused) ->
                fresh(form.refuse(refused)).status(422);
        };
    }

    private Answer change(Visit visit, App app) {
        Form form = visit.form();
        Optional<App.Draft> draft = draft(form);
        OptionalLong revision = form.number("revision", 1, Integer.MAX_VALUE);
        if (draft.isEmpty() || form.bad() || revision.isEmpty()) {
            return edit(app, form).status(422);
        }
        return switch (apps.change(visit.actor(), app.id(), (int) revision.getAsLong(), draft.get())) {
            case Outcome.Done<App>(App changed) -> said(changed, "apps.changed");
            case Outcome.Not<App>(Refused refused) ->
                edit(app, form.refuse(refused)).status(422);
        };
    }

    private static Answer said(App app, String message) {
        return Answer.redirect(ALL + "/" + app.id(), Flash.done(message, app.name()));
    }

    private static Answer.Page newKey(App app, Form form) {
        return Answer.page("apps/key-new", new AppPages.NewKey(app, form));
    }

    private Answer issue(Visit visit, App app) {
        Form form = visit.form();
        Set<Scope> scopes = form.choices("scopes", Scope.class);
        if (scopes.isEmpty()) {
            form.wrong("scopes", "form.choose");
        }
        OptionalLong minute = form.number("minute", 1, Integer.MAX_VALUE);
        OptionalLong day = form.number("day", 1, Long.MAX_VALUE);
        Optional<Instant> expires = lastDay(form);
        if (form.bad()) {
            return newKey(app, form).status(422);
        }
        OptionalInt perMinute = minute.isPresent() ? OptionalInt.of((int) minute.getAsLong()) : OptionalInt.empty();
        Key.Grant grant = new Key.Grant(scopes, perMinute, day, expires);
        return switch (apps.issue(visit.actor(), app.id(), grant)) {
            case Outcome.Done<Apps.Issued>(Apps.Issued issued) -> shown(app, issued);
            case Outcome.Not<Apps.Issued>(Refused refused) ->
                newKey(app, form.refuse(refused)).status(422);
        };
    }

    /** A key ends at the end of the day that was chosen, in China's time. */
    private static Optional<Instant> lastDay(Form form) {
        String typed = form.text("expires", 0, 10);
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalDate.parse(typed).plusDays(1).atStartOfDay(ZONE).toInstant());
        } catch (DateTimeParseException e) {
            form.wrong("expires", "apps.expires.wrong");
            return Optional.empty();
        }
    }

    private static Answer shown(App app, Apps.Issued issued) {
        return Answer.page(
                "apps/shown",
                new AppPages.Shown(app, issued.key(), issued.secret().reveal()));
    }

    private Answer key(Visit visit, Form rotate, Form revoke) {
        Optional<App> app = apps.find(visit.path("id"));
        List<Key> keys = app.map(found -> apps.keys(found.id())).orElse(List.of());
        Optional<Key> key =
                keys.stream().filter(one -> one.id().equals(visit.path("key"))).findFirst();
        if (app.isEmpty() || key.isEmpty()) {
            return Answer.notFound();
        }
        Instant now = clock.instant();
        Answer.Page page = Answer.page(
                "apps/key",
                new AppPages.OneKey(
                        app.get(),
                        AppPages.Row.of(key.get(), now),
                        staff.called(key.get().createdBy()),
                        key.get().revoked().map(r -> staff.called(r.by())).orElse(""),
                        rotate,
                        revoke,
                        Duration.between(now, Apps.OVERLAP.from(now).at()).toHours()));
        return rotate.bad() || revoke.bad() ? page.status(422) : page;
    }

    private Answer rotate(Visit visit) {
        Form form = visit.form();
        OptionalLong hours = form.number("hours", 0, 24L * 366);
        if (hours.isEmpty()) {
            form.wrong("hours", "form.missing");
            return key(visit, form, Form.empty());
        }
        return switch (apps.rotate(visit.actor(), visit.path("key"), Duration.ofHours(hours.getAsLong()))) {
            case Outcome.Done<Apps.Issued>(Apps.Issued issued) ->
                shown(apps.find(issued.key().appId()).orElseThrow(), issued);
            case Outcome.Not<Apps.Issued>(Refused refused) -> key(visit, form.refuse(refused), Form.empty());
        };
    }

    private Answer revoke(Visit visit) {
        Form form = visit.form();
        String reason = form.text("reason", 3, 500);
        if (form.bad()) {
            return key(visit, Form.empty(), form);
        }
        return switch (apps.revoke(visit.actor(), visit.path("key"), reason)) {
            case Outcome.Done<Key>(Key key) ->
                Answer.redirect(ALL + "/" + key.appId(), Flash.done("apps.revoked", key.hint()));
            case Outcome.Not<Key>(Refused refused) -> key(visit, Form.empty(), form.refuse(refused));
        };
    }
}
