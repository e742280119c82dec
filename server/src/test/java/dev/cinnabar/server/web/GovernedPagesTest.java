package dev.cinnabar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.algorithms.Algorithms;
import dev.cinnabar.server.algorithms.Functions;
import dev.cinnabar.server.apps.Apps;
import dev.cinnabar.server.apps.Callers;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.features.Features;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Ulid;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** People use the pages of applications, functions and features; every page passes axe in both languages, and nothing breaks the content security policy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GovernedPagesTest {
    private final TestDatabase db = TestDatabase.open();
    private final InstantSource clock = InstantSource.system();
    private Apps apps;
    private Algorithms algorithms;
    private Features features;
    private Walk walk;

    @BeforeAll
    void open() {
        SecureRandom random = new SecureRandom();
        Ulid ids = new Ulid(clock, random);
        CaseStore cases = new CaseStore(clock);
        apps = new Apps(db.database(), db.background(), db.changes(), db.outbox(), clock, random, ids);
        algorithms = new Algorithms(db.database(), db.background(), db.changes(), db.outbox(), cases, clock, ids);
        features = new Features(
                db.database(), db.background(), db.changes(), db.outbox(), cases, clock, ids, Runnable::run);
        apps.start();
        algorithms.start();
        features.start();
        db.confirmed();
        walk = new Walk(
                        db,
                        clock,
                        staff -> List.of(apps.routes(staff), algorithms.routes(staff), features.routes(staff)))
                .with("ada", Role.ADMIN)
                .with("olga", Role.OFFICER)
                .with("sven", Role.SENIOR)
                .with("rita", Role.REVIEWER);
    }

    @AfterAll
    void close() {
        walk.close();
        db.close();
    }

    @Test
    void anAdminRegistersAnApplicationAndItsKeyWorksUntilItIsRevoked() {
        try (TestBrowser.Window window = walk.signedIn("ada", "en")) {
            Page page = window.page();
            walk.go(page, "/console/apps");
            walk.go(page, "/console/apps/new");
            page.fill("#f-name", "Teapot");
            page.click("main .primary");
            assertThat(page.textContent("main")).contains("Teapot");
            walk.look(page);
            page.click("text=New key");
            page.click("main button.primary");
            assertThat(page.locator("[role=alert]").textContent()).isNotBlank();
            walk.look(page);
            page.check("input[value=GENERATE]");
            page.fill("#f-minute", "60");
            page.click("main button.primary");
            String secret = page.textContent("output.secret").strip();
            walk.look(page);
            assertThat(apps.callers().byKey(secret)).isInstanceOf(Callers.Known.class);
            page.click("main a.button");
            page.click("table a.code");
            walk.look(page);
            page.fill("#f-hours", "1");
            page.click("text=Issue successor");
            String successor = page.textContent("output.secret").strip();
            assertThat(successor).isNotEqualTo(secret);
            page.click("main a.button");
            page.click("table a.code >> nth=0");
            page.fill("#f-reason", "left on a train");
            page.click("main button.danger");
            walk.look(page);
            assertThat(apps.callers().byKey(successor)).isInstanceOf(Callers.Unknown.class);
            assertThat(page.content()).doesNotContain(secret).doesNotContain(successor);
            page.click("text=Change");
            page.check("input[value=INTERFACE]");
            page.click("main .primary");
            assertThat(page.locator("[role=alert]").textContent()).contains("GB 45438-2025 5.6");
            walk.look(page);
            walk.alright(window);
        }
        try (TestBrowser.Window window = walk.signedIn("ada", "zh-CN")) {
            walk.go(window.page(), "/console/apps");
            walk.go(window.page(), "/console/apps/" + apps.all().getFirst().id());
            walk.alright(window);
        }
    }

    @Test
    void twoPeopleSwitchAFunction() {
        try (TestBrowser.Window window = walk.signedIn("olga", "en")) {
            Page page = window.page();
            walk.go(page, "/console/functions");
            assertThat(page.textContent("main")).contains("NOT EVALUABLE");
            walk.go(page, "/console/functions/face.swap");
            assertThat(page.locator("main form").count()).isZero();
            walk.go(page, "/console/functions/audio.music");
            page.fill("#f-reason", "assessed on paper");
            page.click("main button.primary");
            walk.look(page);
            assertThat(page.locator("button[value=confirm]").count()).isZero();
            walk.alright(window);
        }
        assertThat(algorithms.functions().of("audio.music")).isInstanceOf(Functions.Off.class);
        try (TestBrowser.Window window = walk.signedIn("sven", "zh-CN")) {
            Page page = window.page();
            walk.go(page, "/console/functions");
            walk.go(page, "/console/functions/audio.music");
            page.fill("#f-reason", "已核对材料");
            page.click("button[value=confirm]");
            walk.look(page);
            walk.alright(window);
        }
        assertThat(algorithms.functions().of("audio.music")).isInstanceOf(Functions.On.class);
    }

    @Test
    void aReviewerProposesASeniorApprovesAndTheLibraryBlocks() {
        String id;
        try (TestBrowser.Window window = walk.signedIn("rita", "en")) {
            Page page = window.page();
            walk.go(page, "/console/features");
            walk.go(page, "/console/features/new");
            page.click("main button.primary");
            walk.look(page);
            page.fill("#f-pattern", "moonlit sextant");
            page.selectOption("#f-risk", "A.1.g");
            page.check("input[value=BLOCK]");
            page.fill("#f-evidence", "ticket 12");
            page.fill("#f-provenance", "own finding");
            page.fill("#f-owner", "rita");
            page.fill("#f-reason", "seen twice");
            page.click("main button.primary");
            walk.look(page);
            assertThat(page.locator("button[value=review]").count()).isZero();
            id = page.url().substring(page.url().lastIndexOf('/') + 1);
            walk.alright(window);
        }
        try (TestBrowser.Window window = walk.signedIn("sven", "zh-CN")) {
            Page page = window.page();
            for (String step : List.of("review", "shadow", "activate")) {
                walk.go(page, "/console/features/at/" + id);
                page.fill("#f-reason-1", "核对无误");
                page.click("button[value=" + step + "]");
            }
            walk.look(page);
            walk.go(page, "/console/features?state=ACTIVE&q=sextant");
            assertThat(page.textContent("main table")).contains("moonlit sextant");
            walk.alright(window);
        }
        assertThat(features.live()
                        .current()
                        .orElseThrow()
                        .review("a MOONLIT-sextant")
                        .word())
                .isEqualTo("block");
    }

    @Test
    void aFileIsImportedAndMovedAsABatch() {
        String csv = """
                pattern,kind,risk,severity,action,folds
                wicker barometer,keyword,A.1.g,low,hold,default
                please,keyword,A.1.g,low,block,default
                x,keyword,Z,low,block,default
                """;
        try (TestBrowser.Window window = walk.signedIn("sven", "en")) {
            Page page = window.page();
            walk.go(page, "/console/features/import");
            page.setInputFiles(
                    "#f-file", new FilePayload("list.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)));
            page.fill("#f-evidence", "list of November");
            page.fill("#f-provenance", "own collection");
            page.fill("#f-owner", "sven");
            page.fill("#f-reason", "monthly");
            page.click("main button.primary");
            assertThat(page.textContent("main")).contains("2 new candidates").contains("risk");
            walk.look(page);
            page.click("main a.button");
            walk.look(page);
            walk.alright(window);
        }
        String batch = features.list(new Features.Filter(Optional.empty(), "barometer", ""), 0, 1)
                .entries()
                .getFirst()
                .batch();
        try (TestBrowser.Window window = walk.signedIn("olga", "zh-CN")) {
            Page page = window.page();
            walk.go(page, "/console/features?batch=" + batch);
            page.fill("#f-reason", "逐条看过");
            page.click("button[value=review]");
            assertThat(page.textContent("main")).contains("please");
            walk.look(page);
            walk.alright(window);
        }
    }
}
