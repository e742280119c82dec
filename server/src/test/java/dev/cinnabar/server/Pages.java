package dev.cinnabar.server;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Source;
import dev.cinnabar.server.apps.Apps;
import dev.cinnabar.server.conduct.Conduct;
import dev.cinnabar.server.conduct.Reasons;
import dev.cinnabar.server.conduct.Sanction;
import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.features.Features;
import dev.cinnabar.server.features.Proposal;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.people.People;
import dev.cinnabar.server.people.User;
import dev.cinnabar.server.tampering.Examiner;
import dev.cinnabar.server.tampering.Tampering;
import dev.cinnabar.server.web.Access;
import dev.cinnabar.server.web.RouteTable;
import dev.cinnabar.testkit.PngBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every page there is, with an address that shows it: a new GET route without a line here fails {@link PagesTest}. */
final class Pages {
    /** What stands for a part of a path, by the route's path: filled in from what the test put there. */
    private final Map<String, String> addresses = new LinkedHashMap<>();

    private String feature = "";

    /** The address of a candidate that the reviewer proposed. */
    String candidate() {
        return feature;
    }

    /** Files and redirects: no page to look at. */
    static final List<String> NO_PAGE =
            List.of("/console", "/public", "/console/ledger/{log}/{index}/evidence", "/console/features/export");

    Pages(TestServer server) {
        page("/", "/");
        page("/public/", "/public/");
        page("/public/check", "/public/check");
        page("/console/sign-in", "/console/sign-in");
        page("/console/", "/console/");
        page("/console/account/password", "/console/account/password");
        page("/console/staff", "/console/staff");
        page("/console/staff/new", "/console/staff/new");
        page("/console/staff/{id}", "/console/staff/" + server.of(Role.REVIEWER).id());
        page("/console/ledger", "/console/ledger");
        page("/console/ledger/{log}", "/console/ledger/governance");
        page("/console/ledger/{log}/{index}", "/console/ledger/governance/0");
        apps(server.get(Apps.class));
        page("/console/functions", "/console/functions");
        page("/console/functions/{id}", "/console/functions/text.dialogue");
        features(server);
        people(server);
        tampering(server);
    }

    private void apps(Apps apps) {
        String app = apps.all().getFirst().id();
        String key = apps.keys(app).getFirst().id();
        page("/console/apps", "/console/apps");
        page("/console/apps/new", "/console/apps/new");
        page("/console/apps/{id}", "/console/apps/" + app);
        page("/console/apps/{id}/edit", "/console/apps/" + app + "/edit");
        page("/console/apps/{id}/keys/new", "/console/apps/" + app + "/keys/new");
        page("/console/apps/{id}/keys/{key}", "/console/apps/" + app + "/keys/" + key);
    }

    private void features(TestServer server) {
        Features features = server.get(Features.class);
        Proposal.Papers papers = new Proposal.Papers(
                "a harmless stand-in", "the tests", "the tests", Instant.now().plus(Duration.ofDays(90)));
        Outcome<Features.Imported> imported = features.importCsv(
                server.of(Role.REVIEWER).actor(),
                "pattern,kind,risk,severity,action,folds\nmoonlit-teapot,keyword,A.1.a,low,note,default\n",
                papers,
                "to have a page to look at");
        String id = features.list(new Features.Filter(Optional.empty(), "", ""), 0, 1).entries().stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError(imported.toString()))
                .id();
        feature = "/console/features/at/" + id;
        page("/console/features", "/console/features");
        page("/console/features/new", "/console/features/new");
        page("/console/features/import", "/console/features/import");
        page("/console/features/at/{id}", feature);
    }

    private void people(TestServer server) {
        String app = server.get(Apps.class).all().getFirst().id();
        People people = server.get(People.class);
        var registered = people.register(app, "page-user", User.Kind.PERSON, Optional.empty(), Actor.app(app));
        String user = people.find(app, "page-user")
                .orElseThrow(() -> new AssertionError(registered.toString()))
                .id();
        Conduct conduct = server.get(Conduct.class);
        var warned = conduct.take(
                server.of(Role.REVIEWER).actor(),
                user,
                new Sanction.Warn(),
                new Reasons(Reasons.Ground.RULES, "rules 1", "", "a page to look at", Reasons.Source.OTHER, false));
        String measure = conduct.ofUser(user).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError(warned.toString()))
                .id();
        page("/console/people", "/console/people");
        page("/console/people/{id}", "/console/people/" + user);
        page("/console/measures", "/console/measures");
        page("/console/measures/{measure}", "/console/measures/" + measure);
    }

    private void tampering(TestServer server) {
        String known = server.get(Ulid.class).next();
        String forged = AigcLabel.first("moonlit-teapot", known).toWrappedJson();
        byte[] file =
                PngBytes.of(32, 32).chunk("tEXt", PngBytes.text("AIGC", forged)).bytes();
        Examiner.Examined examined;
        try {
            server.get(Contents.class).put(known, "about", "application/json", new byte[] {'{', '}'});
            examined = server.get(Tampering.class)
                    .examine(new Examiner.Sighting(
                            Examiner.Source.COMPLAINT,
                            server.of(Role.REVIEWER).actor(),
                            "a.png",
                            file,
                            new Labels(Limits.standard()).read(Source.of("a.png", file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        page("/console/tampering", "/console/tampering");
        page(
                "/console/tampering/{case}",
                "/console/tampering/" + examined.caseId().orElseThrow(() -> new AssertionError(examined.toString())));
    }

    private void page(String path, String address) {
        addresses.put(path, address);
    }

    Map<String, String> all() {
        return addresses;
    }

    /** A role that may see the route; empty where everybody may. */
    static Optional<Role> who(RouteTable.Route route) {
        return switch (route.access()) {
            case Access.Anyone() -> Optional.empty();
            case Access.Staff(var roles) ->
                Arrays.stream(Role.values()).filter(roles::contains).findFirst();
        };
    }
}
