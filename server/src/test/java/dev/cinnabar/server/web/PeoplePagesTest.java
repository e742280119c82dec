package dev.cinnabar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.conduct.Conduct;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.people.Identity;
import dev.cinnabar.server.people.People;
import dev.cinnabar.server.people.Standing;
import dev.cinnabar.server.people.TestPeople;
import dev.cinnabar.server.people.User;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** People use the pages of users and measures; every page passes axe in both languages, and nothing breaks the content security policy. */
@Article({"9", "10"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeoplePagesTest {
    private final TestDatabase db = TestDatabase.open();
    private final InstantSource clock = InstantSource.system();
    private People people;
    private Walk walk;

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
        walk = new Walk(db, clock, staff -> List.of(people.routes(), conduct.routes(staff)))
                .with("olga", Role.OFFICER)
                .with("sven", Role.SENIOR);
    }

    @AfterAll
    void close() {
        walk.close();
        db.close();
    }

    @Test
    void oneSuspendsForLongAnotherApprovesAndTheGateHeedsIt() {
        User user = TestPeople.verified(people, "teapot-maker");
        String measure;
        try (TestBrowser.Window window = walk.signedIn("sven", "en")) {
            Page page = window.page();
            walk.go(page, "/console/people?q=teapot");
            page.click("table a");
            walk.look(page);
            page.selectOption("#f-step", "SUSPEND");
            page.selectOption("#f-ground", "RULES");
            page.fill("#f-clause", "Clause 6");
            page.fill("#f-facts", "split a blocked phrase, number 13800138000");
            page.click("main form.card >> button.primary");
            walk.look(page);
            page.fill("#f-days", "30");
            page.click("main form.card >> button.primary");
            assertThat(page.textContent("[role=alert]")).contains("no plaintext number");
            page.fill("#f-facts", "split a blocked phrase three times");
            page.click("main form.card >> button.primary");
            walk.look(page);
            assertThat(page.locator("button[value=approve]").count()).isZero();
            measure = page.url().substring(page.url().lastIndexOf('/') + 1);
            walk.alright(window);
        }
        assertThat(TestPeople.standing(people, "teapot-maker").restrictions()).isEmpty();
        try (TestBrowser.Window window = walk.signedIn("olga", "zh-CN")) {
            Page page = window.page();
            walk.go(page, "/console/measures");
            walk.go(page, "/console/measures/" + measure);
            page.fill("#f-reason", "已核对记录");
            page.click("button[value=approve]");
            walk.look(page);
            walk.go(page, "/console/people/" + user.id());
            walk.alright(window);
        }
        assertThat(TestPeople.standing(people, "teapot-maker").restrictions())
                .singleElement()
                .isInstanceOf(Standing.Suspended.class);
    }

    @Test
    void twoPeopleRevokeAnAuthentication() {
        User user = TestPeople.verified(people, "recycled");
        try (TestBrowser.Window window = walk.signedIn("sven", "zh-CN")) {
            Page page = window.page();
            walk.go(page, "/console/people/" + user.id());
            page.fill("#r-reason", "号码已回收");
            page.click("form[action$=revocations] button.danger");
            walk.look(page);
            walk.alright(window);
        }
        assertThat(TestPeople.standing(people, "recycled").identity()).isEqualTo(Identity.VERIFIED);
        try (TestBrowser.Window window = walk.signedIn("olga", "en")) {
            Page page = window.page();
            walk.go(page, "/console/people/" + user.id());
            page.click("button[value=approve]");
            walk.look(page);
            walk.alright(window);
        }
        assertThat(TestPeople.standing(people, "recycled").identity()).isEqualTo(Identity.REVOKED);
    }
}
