package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.web.Access;
import dev.cinnabar.server.web.Answer;
import dev.cinnabar.server.web.Flash;
import dev.cinnabar.server.web.Form;
import dev.cinnabar.server.web.RouteTable;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Visit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The list of users, and the two people who revoke an authentication. A user's own page, with the measures, is {@code conduct}'s. */
final class PeopleRoutes implements Routes {
    private static final String ALL = "/console/people";
    private static final int ROWS = 50;

    private final People people;

    PeopleRoutes(People people) {
        this.people = people;
    }

    @Override
    public void on(RouteTable table) {
        Access look = Access.staff(Role.REVIEWER, Role.SENIOR, Role.OFFICER, Role.INSPECTOR);
        Access decide = Access.staff(Role.SENIOR, Role.OFFICER);
        table.get(ALL, look, this::list)
                .post(ALL + "/{id}/revocations", decide, this::propose)
                .post(ALL + "/{id}/revocations/{revocation}", decide, this::decide);
    }

    private Answer list(Visit visit) {
        String name = visit.query("q").orElse("");
        String app = visit.query("app").orElse("");
        Optional<Identity> state = visit.query("state")
                .flatMap(asked -> Stream.of(Identity.values())
                        .filter(one -> one.name().equals(asked))
                        .findFirst());
        Search search = new Search(app, name, state, visit.query("after").orElse(""));
        List<User> found = people.list(search, ROWS + 1);
        List<User> rows = found.subList(0, Math.min(ROWS, found.size()));
        String stateWord = state.map(Enum::name).orElse("");
        String next = found.size() > ROWS
                ? ALL + "?app=" + coded(app) + "&q=" + coded(name) + "&state=" + stateWord + "&after="
                        + rows.getLast().id()
                : "";
        Form form = Form.of(Map.of("q", name, "app", app, "state", stateWord));
        return Answer.page("people/all", new PeoplePages.All(form, rows, next));
    }

    private Answer propose(Visit visit) {
        Form form = visit.form();
        Outcome<Revocation> outcome =
                people.revocations().propose(visit.path("id"), visit.actor(), form.value("reason"));
        return said(outcome, "people.revocation.proposed");
    }

    private Answer decide(Visit visit) {
        Form form = visit.form();
        String id = visit.path("revocation");
        boolean approve = form.value("step").equals("approve");
        Outcome<Revocation> outcome = approve
                ? people.revocations().approve(id, visit.actor())
                : people.revocations().decline(id, visit.actor(), form.value("reason"));
        return said(outcome, approve ? "people.revocation.approved" : "people.revocation.declined");
    }

    private static Answer said(Outcome<Revocation> outcome, String message) {
        return switch (outcome) {
            case Outcome.Done<Revocation>(Revocation done) ->
                Answer.redirect(ALL + "/" + done.userId(), Flash.done(message));
            case Outcome.Not<Revocation>(Refused refused) -> Answer.no(refused);
        };
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
