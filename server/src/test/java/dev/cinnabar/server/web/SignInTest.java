package dev.cinnabar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Role;
import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in, staying in and being put out, over HTTP. */
class SignInTest {
    private static final String GOOD = "cobalt teapots sing";
    /** Finer than the database keeps instants. */
    private static final AtomicReference<Instant> NOW =
            new AtomicReference<>(Instant.parse("2026-03-01T02:00:00.000000700Z"));

    private static final InstantSource CLOCK = NOW::get;
    private static final TestDatabase DB = TestDatabase.open();
    private static final Routes PROBE =
            table -> table.get("/console/", Access.anyStaff(), visit -> Answer.page("web/home", new HomePage()))
                    .post("/console/probe", Access.staff(Role.SENIOR), visit -> Answer.redirect("/console/"));
    private static final TestConsole CONSOLE = TestConsole.open(DB, CLOCK, staff -> List.of(PROBE), false);
    private static final AtomicInteger NAMES = new AtomicInteger();

    private String name = "";
    private Staff.Member member = member(Set.of(Role.OFFICER));

    @AfterAll
    static void close() {
        CONSOLE.close();
        DB.close();
    }

    /** Addresses share one count: let an hour pass, so that the tests do not slow each other down. */
    @BeforeEach
    void later() {
        NOW.updateAndGet(now -> now.plus(Duration.ofDays(2)));
        member = member(Set.of(Role.OFFICER));
    }

    private Staff.Member member(Set<Role> roles) {
        name = "person-" + NAMES.incrementAndGet();
        return switch (CONSOLE.staff().create(Actor.SYSTEM, name, "Somebody", roles)) {
            case Outcome.Done<Staff.Issued>(Staff.Issued issued) -> changed(issued);
            case Outcome.Not<Staff.Issued>(var refused) -> throw new AssertionError(refused.toString());
        };
    }

    private static Staff.Member changed(Staff.Issued issued) {
        return switch (CONSOLE.staff().changePassword(issued.member().id(), issued.password(), GOOD)) {
            case Outcome.Done<Staff.Member>(Staff.Member member) -> member;
            case Outcome.Not<Staff.Member>(var refused) -> throw new AssertionError(refused.toString());
        };
    }

    private static Surfer surfer() {
        return new Surfer(CONSOLE.address());
    }

    private Surfer signedIn() throws Exception {
        Surfer surfer = surfer();
        HttpResponse<String> answer = surfer.signIn(name, GOOD);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(surfer.get("/console/").statusCode()).isEqualTo(200);
        return surfer;
    }

    private static void outside(Surfer surfer) throws Exception {
        HttpResponse<String> answer = surfer.get("/console/");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Surfer.to(answer)).startsWith("/console/sign-in");
    }

    @Test
    void whoIsNotSignedInIsSentToTheSignInAndBack() throws Exception {
        Surfer surfer = surfer();
        HttpResponse<String> answer = surfer.get("/console/staff?x=1");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Surfer.to(answer)).isEqualTo("/console/sign-in?next=%2Fconsole%2Fstaff%3Fx%3D1");
        surfer.get(Surfer.to(answer));
        HttpResponse<String> in =
                surfer.post("/console/sign-in", "name", name, "password", GOOD, "next", "/console/staff?x=1");
        assertThat(Surfer.to(in)).isEqualTo("/console/staff?x=1");
    }

    @Test
    void nextLeadsNowhereElse() throws Exception {
        for (String next : List.of(
                "//evil.example/",
                "https://evil.example/",
                "/\\evil.example",
                "/console/../\r\nX: y",
                "/public/check",
                "/console/sign-in",
                "javascript:alert(1)")) {
            Surfer surfer = surfer();
            surfer.get("/console/sign-in");
            HttpResponse<String> in = surfer.post("/console/sign-in", "name", name, "password", GOOD, "next", next);
            assertThat(Surfer.to(in)).as(next).isEqualTo("/console/");
        }
    }

    @Test
    void wrongNamesAndWrongPasswordsLookTheSame() throws Exception {
        Surfer surfer = surfer();
        HttpResponse<String> wrongPassword = surfer.signIn(name, "not the password");
        HttpResponse<String> wrongName = surfer.signIn("nobody-at-all", "not the password");
        assertThat(wrongPassword.statusCode()).isEqualTo(401);
        assertThat(wrongName.statusCode()).isEqualTo(401);
        assertThat(same(wrongPassword.body())).isEqualTo(same(wrongName.body()));
    }

    private String same(String page) {
        return page.replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "")
                .replace(name, "NAME")
                .replace("nobody-at-all", "NAME");
    }

    @Test
    void aDisabledAccountLooksLikeAWrongPassword() throws Exception {
        CONSOLE.staff().disabled(Actor.SYSTEM, member.id(), true);
        assertThat(surfer().signIn(name, GOOD).statusCode()).isEqualTo(401);
    }

    @Test
    void theSessionGetsANewIdAndToken() throws Exception {
        Surfer surfer = surfer();
        surfer.get("/console/sign-in");
        HttpCookie before = surfer.session().orElseThrow();
        String token = surfer.token();
        surfer.signIn(name, GOOD);
        surfer.get("/console/");
        HttpCookie after = surfer.session().orElseThrow();
        assertThat(after.getValue()).isNotEqualTo(before.getValue());
        Surfer fixed = surfer();
        fixed.steal(before);
        outside(fixed);
        assertThat(surfer.bare("/console/sign-out", "_csrf", token).statusCode())
                .isEqualTo(403);
        assertThat(surfer.get("/console/").statusCode()).isEqualTo(200);
    }

    @Test
    void theCookieIsOutOfReach() throws Exception {
        HttpResponse<String> page = surfer().get("/console/sign-in");
        assertThat(page.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("cinnabar-session=")
                .contains("; Path=/", "; HttpOnly", "; SameSite=Lax");
    }

    @Test
    void aFormWithoutItsTokenIsRefused() throws Exception {
        Surfer surfer = surfer();
        assertThat(surfer.bare("/console/sign-in", "name", name, "password", GOOD)
                        .statusCode())
                .isEqualTo(403);
        Surfer in = signedIn();
        assertThat(in.bare("/console/sign-out").statusCode()).isEqualTo(403);
        assertThat(in.bare("/console/sign-out", "_csrf", "00000000").statusCode())
                .isEqualTo(403);
        assertThat(in.get("/console/").statusCode()).isEqualTo(200);
    }

    @Test
    void whatAnotherSiteSendsIsRefused() throws Exception {
        Surfer in = signedIn();
        String body = Surfer.form("_csrf", in.token());
        for (String[] header : List.of(
                new String[] {"Sec-Fetch-Site", "cross-site"},
                new String[] {"Sec-Fetch-Site", "same-site"},
                new String[] {"Origin", "https://evil.example"},
                new String[] {"Origin", "null"})) {
            assertThat(in.send("/console/sign-out", body, header).statusCode())
                    .as(String.join(" ", header))
                    .isEqualTo(403);
        }
        assertThat(in.send("/console/sign-out", body, "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(303);
        outside(in);
    }

    @Test
    void guessingAtANameGetsSlowerAndLetsNobodyInMeanwhile() throws Exception {
        Surfer surfer = surfer();
        for (int i = 0; i < 5; i++) {
            assertThat(surfer.signIn(name, "guess number " + i).statusCode()).isEqualTo(401);
        }
        assertThat(surfer.signIn(name, GOOD).statusCode()).isEqualTo(429);
        NOW.updateAndGet(now -> now.plusSeconds(16));
        assertThat(surfer.signIn(name, "guess again").statusCode()).isEqualTo(401);
        NOW.updateAndGet(now -> now.plusSeconds(16));
        assertThat(surfer.signIn(name, GOOD).statusCode()).isEqualTo(429);
        NOW.updateAndGet(now -> now.plusSeconds(16));
        assertThat(surfer.signIn(name, GOOD).statusCode()).isEqualTo(303);
        assertThat(surfer().signIn(name, "one slip").statusCode()).isEqualTo(401);
        assertThat(surfer().signIn(name, GOOD).statusCode()).isEqualTo(303);
    }

    @Test
    void namesThatDoNotExistSlowDownTheSame() throws Exception {
        Surfer surfer = surfer();
        for (int i = 0; i < 5; i++) {
            assertThat(surfer.signIn("ghost-" + name, "guess number " + i).statusCode())
                    .isEqualTo(401);
        }
        assertThat(surfer.signIn("Ghost-" + name, "guess").statusCode()).isEqualTo(429);
    }

    @Test
    void anAddressThatTriesManyNamesGetsSlowerToo() throws Exception {
        Surfer surfer = surfer();
        for (int i = 0; i < 20; i++) {
            assertThat(surfer.signIn("spray-" + i + name, "guess").statusCode()).isEqualTo(401);
        }
        assertThat(surfer.signIn(name, GOOD).statusCode()).isEqualTo(429);
    }

    @Test
    void aSessionEndsWithItsAge() throws Exception {
        Surfer in = signedIn();
        NOW.updateAndGet(now -> now.plus(Web.LONGEST).minusSeconds(1));
        assertThat(in.get("/console/").statusCode()).isEqualTo(200);
        NOW.updateAndGet(now -> now.plusSeconds(2));
        outside(in);
    }

    @Test
    void aSessionEndsWhenTheAccountChanges() throws Exception {
        Surfer one = signedIn();
        CONSOLE.staff().roles(Actor.SYSTEM, member.id(), Set.of(Role.REVIEWER));
        outside(one);
        Surfer two = signedIn();
        CONSOLE.staff().disabled(Actor.SYSTEM, member.id(), true);
        outside(two);
        CONSOLE.staff().disabled(Actor.SYSTEM, member.id(), false);
        outside(two);
        Surfer three = signedIn();
        CONSOLE.staff().resetPassword(Actor.SYSTEM, member.id());
        outside(three);
    }

    @Test
    void changingOnesPasswordEndsTheOtherSessionsAndKeepsThisOne() throws Exception {
        Surfer here = signedIn();
        Surfer there = signedIn();
        HttpCookie before = here.session().orElseThrow();
        here.get("/console/account/password");
        String fresh = "umber kettles hum";
        HttpResponse<String> done = here.post("/console/account/password", "old", GOOD, "fresh", fresh, "again", fresh);
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(here.get("/console/").statusCode()).isEqualTo(200);
        assertThat(here.session().orElseThrow().getValue()).isNotEqualTo(before.getValue());
        outside(there);
        assertThat(surfer().signIn(name, GOOD).statusCode()).isEqualTo(401);
        assertThat(surfer().signIn(name, fresh).statusCode()).isEqualTo(303);
    }

    @Test
    void aPasswordGivenOutMustBeChangedBeforeAnythingElse() throws Exception {
        Staff.Issued issued = switch (CONSOLE.staff().resetPassword(Actor.SYSTEM, member.id())) {
            case Outcome.Done<Staff.Issued>(Staff.Issued given) -> given;
            case Outcome.Not<Staff.Issued>(var refused) -> throw new AssertionError(refused.toString());
        };
        Surfer surfer = surfer();
        assertThat(Surfer.to(surfer.signIn(name, issued.password()))).isEqualTo("/console/account/password");
        assertThat(Surfer.to(surfer.get("/console/"))).isEqualTo("/console/account/password");
        surfer.get("/console/account/password");
        assertThat(surfer.post("/console/probe").statusCode()).isNotEqualTo(200);
        HttpResponse<String> same = surfer.post(
                "/console/account/password",
                "old",
                issued.password(),
                "fresh",
                issued.password(),
                "again",
                issued.password());
        assertThat(same.statusCode()).isEqualTo(422);
        surfer.post("/console/account/password", "old", issued.password(), "fresh", GOOD, "again", GOOD);
        assertThat(surfer.get("/console/").statusCode()).isEqualTo(200);
    }

    @Test
    void passwordsThatAreEasyToGuessAreRefused() throws Exception {
        Surfer surfer = signedIn();
        for (String weak : List.of(
                "short",
                "elevenchars",
                "aaaaaaaaaaaaaaaa",
                "123456789012",
                "my " + name + " password",
                GOOD,
                "x".repeat(201))) {
            surfer.get("/console/account/password");
            HttpResponse<String> answer =
                    surfer.post("/console/account/password", "old", GOOD, "fresh", weak, "again", weak);
            assertThat(answer.statusCode()).as(weak).isEqualTo(422);
            assertThat(answer.body()).as("a password is never sent back").doesNotContain("value=\"" + weak);
        }
    }

    @Test
    void signingOutEndsTheSession() throws Exception {
        Surfer in = signedIn();
        HttpCookie cookie = in.session().orElseThrow();
        assertThat(in.post("/console/sign-out").statusCode()).isEqualTo(303);
        Surfer thief = surfer();
        thief.steal(cookie);
        outside(thief);
    }

    @Test
    void aRoleThatMayNotGets403() throws Exception {
        Surfer in = signedIn();
        HttpResponse<String> answer = in.post("/console/probe");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<h1>");
    }

    @Test
    void htmxIsToldToGoToTheSignIn() throws Exception {
        HttpResponse<String> answer = surfer().get("/console/", "HX-Request", "true");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Redirect"))
                .hasValueSatisfying(to -> assertThat(to).startsWith("/console/sign-in"));
    }

    @Test
    void everySignInIsRecorded() throws Exception {
        signedIn();
        surfer().signIn(name, "wrong wrong wrong");
        List<String> kinds = DB.database()
                .inTransaction(h -> h.createQuery("select kind from outbox where subject = :id order by id")
                        .bind("id", member.id())
                        .mapTo(String.class)
                        .list());
        assertThat(kinds)
                .containsExactly("staff.created", "staff.password_changed", "staff.signed_in", "staff.sign_in_failed");
    }
}
