package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Staff and roles: an admin creates, changes and disables accounts; compliance and inspectors may look. */
final class StaffRoutes implements Routes {
    private static final String ALL = "/console/staff";
    private static final String NEW = ALL + "/new";
    private static final String ONE = ALL + "/{id}";

    private final Staff staff;

    StaffRoutes(Staff staff) {
        this.staff = staff;
    }

    @Override
    public void on(RouteTable table) {
        Access look = Access.staff(Role.ADMIN, Role.OFFICER, Role.INSPECTOR);
        Access change = Access.staff(Role.ADMIN);
        table.get(ALL, look, visit -> Answer.page("web/staff", new StaffPage(staff.all())))
                .get(NEW, change, visit -> fresh(Form.empty()))
                .post(NEW, change, this::create)
                .get(ONE, look, visit -> one(visit, Form.empty()))
                .post(ONE + "/roles", change, this::roles)
                .post(ONE + "/password", change, this::password)
                .post(ONE + "/state", change, this::state);
    }

    private static Answer.Page fresh(Form form) {
        return Answer.page("web/staff-new", new NewStaffPage(form));
    }

    private Answer create(Visit visit) {
        Form form = visit.form();
        String name = form.text("name", 2, 40);
        String display = form.text("display", 1, 60);
        Set<Role> roles = form.choices("roles", Role.class);
        if (roles.isEmpty()) {
            form.wrong("roles", "form.choose");
        }
        if (form.bad()) {
            return fresh(form).status(422);
        }
        return switch (staff.create(visit.actor(), name, display, roles)) {
            case Outcome.Done<Staff.Issued>(Staff.Issued issued) -> Answer.page("web/issued", new IssuedPage(issued));
            case Outcome.Not<Staff.Issued>(Refused refused) ->
                fresh(form.refuse(refused)).status(422);
        };
    }

    private Answer one(Visit visit, Form form) {
        return staff.byId(visit.path("id"))
                .map(member -> page(visit, member, form))
                .orElseGet(Answer::notFound);
    }

    private static Answer page(Visit visit, Staff.Member member, Form form) {
        boolean self = visit.actor().id().equals(member.id());
        Form shown = form.bad() ? form : start(member);
        Answer.Page page = Answer.page("web/staff-one", new MemberPage(member, shown, self));
        return form.bad() ? page.status(422) : page;
    }

    private static Form start(Staff.Member member) {
        return Form.several(
                Map.of("roles", member.roles().stream().map(Role::name).toList()));
    }

    private Answer roles(Visit visit) {
        Form form = visit.form();
        Set<Role> roles = form.choices("roles", Role.class);
        return form.bad()
                ? one(visit, form)
                : after(visit, form, staff.roles(visit.actor(), visit.path("id"), roles), m -> "staff.roles.changed");
    }

    private Answer state(Visit visit) {
        Form form = visit.form();
        Optional<State> to = form.choice("to", State.class);
        if (to.isEmpty()) {
            return one(visit, form);
        }
        boolean disabled = to.get() == State.DISABLED;
        return after(
                visit,
                form,
                staff.disabled(visit.actor(), visit.path("id"), disabled),
                m -> m.disabled() ? "staff.disabled.now" : "staff.enabled.now");
    }

    private enum State {
        ENABLED,
        DISABLED
    }

    private Answer after(Visit visit, Form form, Outcome<Staff.Member> outcome, Function<Staff.Member, String> said) {
        return switch (outcome) {
            case Outcome.Done<Staff.Member>(Staff.Member member) ->
                Answer.redirect(ALL + "/" + member.id(), Flash.done(said.apply(member), member.display()));
            case Outcome.Not<Staff.Member>(Refused refused) -> one(visit, form.refuse(refused));
        };
    }

    private Answer password(Visit visit) {
        return switch (staff.resetPassword(visit.actor(), visit.path("id"))) {
            case Outcome.Done<Staff.Issued>(Staff.Issued issued) -> Answer.page("web/issued", new IssuedPage(issued));
            case Outcome.Not<Staff.Issued>(Refused refused) ->
                one(visit, Form.empty().refuse(refused));
        };
    }
}
