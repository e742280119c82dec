package dev.cinnabar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.conduct.Conduct;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.people.Identity;
import dev.cinnabar.server.people.People;
import dev.cinnabar.server.people.Standing;
import dev.cinnabar.server.people.TestPeople;
import dev.cinnabar.server.people.User;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** People use the pages of users and measures; every page passes axe in both languages, and nothing breaks the content security policy. */
@Article({"9", "10"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeoplePagesTest {
    private static final String PASSWORD = "cobalt teapots sing";
    private static final List<String> STANDARDS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private final TestDatabase db = TestDatabase.open();
    private final InstantSource clock = InstantSource.system();
    private final List<String> faults = new ArrayList<>();
    private People people;
    private TestConsole console;

    @BeforeAll
    void open() {
        people = TestPeople.on(db, clock);
        Conduct conduct = new Conduct(
                db.database(),
                db.outbox(),
                new CaseStore(clock),
                people,
                db.timers(),
                clock,
                new Ulid(clock, new SecureRandom()));
        console = TestConsole.open(db, clock, staff -> List.of(people.routes(), conduct.routes(staff)), false);
        member("olga", Role.OFFICER);
        member("sven", Role.SENIOR);
    }

    @AfterAll
    void close() {
        console.close();
        db.close();
    }

    private void member(String name, Role role) {
        switch (console.staff().create(Actor.SYSTEM, name, name, Set.of(role))) {
            case Outcome.Done<Staff.Issued>(Staff.Issued issued) -> {
                var changed = console.staff().changePassword(issued.member().id(), issued.password(), PASSWORD);
                assertThat(changed).isInstanceOf(Outcome.Done.class);
            }
            case Outcome.Not<Staff.Issued>(Refused refused) -> throw new AssertionError(refused.toString());
        }
    }

    @Test
    void oneSuspendsForLongAnotherApprovesAndTheGateHeedsIt() {
        User user = TestPeople.verified(people, "teapot-maker");
        String measure;
        try (TestBrowser.Window window = signedIn("sven", "en")) {
            Page page = window.page();
            go(page, "/console/people?q=teapot");
            page.click("table a");
            look(page);
            page.selectOption("#f-step", "SUSPEND");
            page.selectOption("#f-ground", "RULES");
            page.fill("#f-clause", "Clause 6");
            page.fill("#f-facts", "split a blocked phrase, number 13800138000");
            page.click("main form.card >> button.primary");
            look(page);
            page.fill("#f-days", "30");
            page.click("main form.card >> button.primary");
            assertThat(page.textContent("[role=alert]")).contains("no plaintext number");
            page.fill("#f-facts", "split a blocked phrase three times");
            page.click("main form.card >> button.primary");
            look(page);
            assertThat(page.locator("button[value=approve]").count()).isZero();
            measure = page.url().substring(page.url().lastIndexOf('/') + 1);
            alright(window);
        }
        assertThat(TestPeople.standing(people, "teapot-maker").restrictions()).isEmpty();
        try (TestBrowser.Window window = signedIn("olga", "zh-CN")) {
            Page page = window.page();
            go(page, "/console/measures");
            go(page, "/console/measures/" + measure);
            page.fill("#f-reason", "已核对记录");
            page.click("button[value=approve]");
            look(page);
            go(page, "/console/people/" + user.id());
            alright(window);
        }
        assertThat(TestPeople.standing(people, "teapot-maker").restrictions())
                .singleElement()
                .isInstanceOf(Standing.Suspended.class);
    }

    @Test
    void twoPeopleRevokeAnAuthentication() {
        User user = TestPeople.verified(people, "recycled");
        try (TestBrowser.Window window = signedIn("sven", "zh-CN")) {
            Page page = window.page();
            go(page, "/console/people/" + user.id());
            page.fill("#r-reason", "号码已回收");
            page.click("form[action$=revocations] button.danger");
            look(page);
            alright(window);
        }
        assertThat(TestPeople.standing(people, "recycled").identity()).isEqualTo(Identity.VERIFIED);
        try (TestBrowser.Window window = signedIn("olga", "en")) {
            Page page = window.page();
            go(page, "/console/people/" + user.id());
            page.click("button[value=approve]");
            look(page);
            alright(window);
        }
        assertThat(TestPeople.standing(people, "recycled").identity()).isEqualTo(Identity.REVOKED);
    }

    private TestBrowser.Window signedIn(String name, String lang) {
        TestBrowser.Window window = TestBrowser.open(lang, ColorScheme.LIGHT, 1280);
        Page page = window.page();
        page.navigate(console.address() + "/console/sign-in");
        page.fill("#f-name", name);
        page.fill("#f-password", PASSWORD);
        page.press("#f-password", "Enter");
        page.waitForURL("**/console/");
        return window;
    }

    private void go(Page page, String path) {
        page.navigate(console.address() + path);
        look(page);
    }

    private void look(Page page) {
        assertThat(page.content()).doesNotContainPattern("\\[[a-z]+\\.[A-Za-z_.]+]");
        new AxeBuilder(page)
                .withTags(STANDARDS)
                .analyze()
                .getViolations()
                .forEach(violation -> faults.add(page.url() + " " + violation.getId() + " " + violation.getHelp() + " "
                        + violation.getNodes().getFirst().getHtml()));
    }

    private void alright(TestBrowser.Window window) {
        List<String> complaints = window.complaints().stream()
                .filter(line -> !line.contains("status of 422"))
                .filter(line -> !line.endsWith("/console/"))
                .toList();
        assertThat(complaints).isEmpty();
        assertThat(faults).isEmpty();
    }
}
