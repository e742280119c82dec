package dev.cinnabar.server;

import dev.cinnabar.review.FeatureCsv;
import dev.cinnabar.review.Starter;
import dev.cinnabar.server.features.Features;
import dev.cinnabar.server.features.Proposal;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.people.Attempt;
import dev.cinnabar.server.people.Document;
import dev.cinnabar.server.people.Method;
import dev.cinnabar.server.people.People;
import dev.cinnabar.server.people.TestVerifier;
import dev.cinnabar.server.people.User;
import dev.cinnabar.server.store.DataFolder;
import dev.cinnabar.server.web.Staff;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code --demo} brings to a fresh folder: a user whose identity the test verifier let pass, a reviewer and an approver, the starter features in force. A demo
 * folder stays one for ever, and a folder with real users never becomes one.
 */
final class Demo implements Filter {
    /** The user that is there from the start, by the name the first application knows. */
    static final String USER = "demo-user";

    private static final String MARK = "demo";
    private static final String REASON = "sample features of the demo";
    /** Two people, since nobody approves what they proposed, not even here. */
    private static final Actor PROPOSER = new Actor("demo-proposer", Set.of(Role.REVIEWER));

    private static final Actor APPROVER = new Actor("demo-approver", Set.of(Role.SENIOR, Role.OFFICER));

    private final Staff staff;
    private final People people;
    private final Features features;
    private final InstantSource clock;

    Demo(Staff staff, People people, Features features, InstantSource clock) {
        this.staff = staff;
        this.people = people;
        this.features = features;
        this.clock = clock;
    }

    /** How this start is to be: a folder once marked as a demo is one, whoever starts it; only a fresh one can become it. */
    static Mode mode(boolean asked, DataFolder data) throws NotStarted {
        Path mark = data.root().resolve(MARK);
        if (Files.exists(mark)) {
            return Mode.DEMO;
        }
        if (asked && !data.fresh()) {
            throw new NotStarted(
                    "the data folder " + data.root() + " is not fresh, and --demo never goes over real users",
                    "name an empty folder with --data, or start without --demo");
        }
        try {
            if (asked) {
                Files.createFile(mark);
            }
        } catch (IOException e) {
            throw new NotStarted("cannot write " + mark + ": " + e, "make the data folder writable", e);
        }
        return Mode.of(asked);
    }

    /** Makes what is missing for this application and gives the lines to print. */
    List<String> lines(String appId) {
        user(appId);
        features();
        String reviewer = colleague("reviewer", "Demo reviewer", Set.of(Role.REVIEWER));
        String approver = colleague("approver", "Demo approver", Set.of(Role.SENIOR, Role.OFFICER));
        return List.of(
                "DEMO: everything here is for trying out; verified end user: " + USER,
                "reviewer: " + reviewer,
                "approver: " + approver);
    }

    private void user(String appId) {
        Actor app = Actor.app(appId);
        Instant now = clock.instant();
        done(people.register(appId, USER, User.Kind.PERSON, Optional.empty(), app));
        done(people.identities()
                .verify(
                        appId,
                        USER,
                        new Attempt(TestVerifier.NAME, Method.MOBILE, "demo", Optional.of(now), Optional.empty()),
                        app));
        people.agreements().inForce().forEach((kind, document) -> {
            if (kind == Document.Kind.AGREEMENT) {
                done(people.agreements().accept(appId, USER, kind, document.version(), document.hash(), now, "demo"));
            }
        });
    }

    private void features() {
        Proposal.Papers papers = new Proposal.Papers(
                "harmless stand-in words",
                "the starter library that comes with Cinnabar",
                "the demo",
                clock.instant().plus(Duration.ofDays(90)));
        Features.Imported imported =
                done(features.importCsv(PROPOSER, FeatureCsv.write(Starter.features()), papers, REASON));
        done(features.takeBatch(APPROVER, imported.batch(), "review", REASON));
        done(features.takeBatch(APPROVER, imported.batch(), "shadow", REASON));
        done(features.takeBatch(APPROVER, imported.batch(), "activate", REASON));
    }

    private String colleague(String name, String display, Set<Role> roles) {
        Staff.Issued issued = done(staff.create(Actor.SYSTEM, name, display, roles));
        return issued.member().name() + " / " + issued.password();
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Not<T>(Refused refused) ->
                throw new IllegalStateException(
                        "the demo could not be set up: " + refused.reason().in(Lang.EN));
        };
    }

    /** Says DEMO on every answer. */
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ((HttpServletResponse) response).setHeader("X-Cinnabar-Mode", "DEMO");
        chain.doFilter(request, response);
    }
}
