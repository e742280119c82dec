package dev.cinnabar.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.web.Access;
import dev.cinnabar.server.web.RouteTable;
import dev.cinnabar.server.web.Surfer;
import dev.cinnabar.server.web.TestBrowser;
import dev.cinnabar.server.web.Web;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page of the whole server: who may see it, and whether everybody can. */
class PagesTest {
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    @TempDir
    static Path data;

    private static TestServer server;
    private static RouteTable table;
    private static Pages pages;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(data.resolve("data"), false);
        table = server.get(Web.class).table();
        pages = new Pages(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void noPageIsForgotten() {
        List<String> routes = table.routes().stream()
                .filter(r -> r.method() == RouteTable.Method.GET)
                .map(RouteTable.Route::path)
                .filter(path -> !Pages.NO_PAGE.contains(path))
                .toList();
        assertThat(routes).containsExactlyInAnyOrderElementsOf(pages.all().keySet());
    }

    /** Every route under /console against every role: allowed is never 403, not allowed is always 403 and changes nothing. */
    @Test
    void everyRouteIsHeldAgainstEveryRole() throws Exception {
        for (Role role : Role.values()) {
            Surfer surfer = server.signedIn(role);
            surfer.get("/console/");
            for (RouteTable.Route route : table.routes()) {
                if (route.access() instanceof Access.Staff(var roles)
                        && !route.path().equals("/console/sign-out")) {
                    int status = ask(surfer, route).statusCode();
                    if (roles.contains(role)) {
                        assertThat(status).as(role + " " + route).isNotIn(401, 403, 500);
                    } else {
                        assertThat(status).as(role + " " + route).isEqualTo(403);
                    }
                }
            }
        }
    }

    /** Without sign-in every route for staff leads to the sign-in, and every action is refused. */
    @Test
    void withoutSignInNothingOfTheConsoleIsReached() throws Exception {
        Surfer stranger = new Surfer(server.url());
        for (RouteTable.Route route : table.routes()) {
            if (route.access() instanceof Access.Staff) {
                HttpResponse<String> answer = ask(stranger, route);
                assertThat(answer.statusCode()).as(route.toString()).isIn(303, 403);
                assertThat(answer.body()).as(route.toString()).doesNotContain("the-admin");
                if (answer.statusCode() == 303) {
                    assertThat(Surfer.to(answer)).startsWith("/console/sign-in");
                }
            }
        }
    }

    /** Every action without its token is refused, whoever sends it. */
    @Test
    void everyActionAsksForItsToken() throws Exception {
        Map<Role, Surfer> people = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            people.put(role, server.signedIn(role));
        }
        for (RouteTable.Route route : table.routes()) {
            Optional<Role> role = Pages.who(route);
            if (route.method() == RouteTable.Method.POST && role.isPresent()) {
                Surfer surfer = Objects.requireNonNull(people.get(role.get()), "every role has somebody");
                assertThat(surfer.bare(nowhere(route.path())).statusCode())
                        .as(route.toString())
                        .isEqualTo(403);
            }
        }
    }

    /** Sign-in, the way to a candidate and its approval by a second person, with nothing but the keyboard and with the focus always to be seen. */
    @Test
    void aFeatureIsApprovedWithTheKeyboardAlone() throws Exception {
        try (TestBrowser.Window window = TestBrowser.open("en", ColorScheme.LIGHT, 1280)) {
            Page page = window.page();
            page.navigate(server.url() + "/console/sign-in");
            tabTo(page, "#f-name");
            page.keyboard().type(server.of(Role.SENIOR).name());
            tabTo(page, "#f-password");
            page.keyboard().type(TestServer.PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.endsWith("/console/"));
            tabTo(page, "a[href='/console/features']");
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.endsWith("/console/features"));
            tabTo(page, "main a[href='" + pages.candidate() + "']");
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.endsWith(pages.candidate()));
            tabTo(page, "textarea[name=reason]");
            page.keyboard().type("looked at by a second person");
            tabTo(page, "button[value=review]");
            page.keyboard().press("Enter");
            page.waitForSelector("form button[value=shadow]");
            assertThat(window.complaints()).isEmpty();
        }
    }

    private static void tabTo(Page page, String selector) {
        for (int i = 0; i < 80; i++) {
            page.keyboard().press("Tab");
            Object at = page.evaluate(
                    "s => { const e = document.activeElement; const o = getComputedStyle(e);"
                            + " const seen = parseFloat(o.outlineWidth) >= 2 && o.outlineStyle !== 'none';"
                            + " return e.matches(s) ? (seen ? 'there' : 'unseen') : '' }",
                    selector);
            if (at.equals("there")) {
                return;
            }
            assertThat(at).as("the focus on " + selector).isEqualTo("");
        }
        throw new AssertionError("the keyboard does not reach " + selector + " on " + page.url());
    }

    private static HttpResponse<String> ask(Surfer surfer, RouteTable.Route route) throws Exception {
        return switch (route.method()) {
            case GET -> surfer.get(nowhere(route.path()));
            case POST -> surfer.post(nowhere(route.path()));
        };
    }

    /** The path with ids of things that do not exist, so that an allowed action changes nothing either. */
    private static String nowhere(String path) {
        return path.replaceAll("\\{[a-z]+}", "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    }

    @Test
    void everyPageSuitsEverybodyInChineseByDay() throws Exception {
        look("zh-CN", ColorScheme.LIGHT, 1280);
    }

    @Test
    @Tag("deep")
    void everyPageSuitsEverybodyInChineseByNight() throws Exception {
        look("zh-CN", ColorScheme.DARK, 1280);
    }

    @Test
    @Tag("deep")
    void everyPageSuitsEverybodyInEnglishByDay() throws Exception {
        look("en", ColorScheme.LIGHT, 1280);
    }

    @Test
    @Tag("deep")
    void everyPageSuitsEverybodyInEnglishByNight() throws Exception {
        look("en", ColorScheme.DARK, 1280);
    }

    @Test
    @Tag("deep")
    void everyPageReflowsOnASmallScreen() throws Exception {
        look("en", ColorScheme.LIGHT, 320);
        look("zh-CN", ColorScheme.DARK, 320);
    }

    /** Opens every page as somebody who may, and looks with axe, at the console, and at the width. */
    private static void look(String language, ColorScheme colours, int width) throws Exception {
        List<String> faults = new ArrayList<>();
        Map<Optional<Role>, List<String>> byRole = byRole();
        for (Map.Entry<Optional<Role>, List<String>> entry : byRole.entrySet()) {
            try (TestBrowser.Window window = TestBrowser.open(language, colours, width)) {
                entry.getKey().ifPresent(role -> signIn(window.page(), role));
                for (String address : entry.getValue()) {
                    window.page().navigate(server.url() + address);
                    examine(window.page(), language, width, address, faults);
                    shoot(window.page(), language + "-" + colours + "-" + width + "-" + address);
                }
                window.complaints().forEach(c -> faults.add("console: " + c));
            }
        }
        assertThat(faults).isEmpty();
    }

    /** With {@code -Dcinnabar.shots=FOLDER} every page is also kept as a picture, for somebody to look at. */
    private static void shoot(Page page, String name) {
        String folder = System.getProperty("cinnabar.shots", "");
        if (!folder.isEmpty()) {
            String file = name.replaceAll("[^A-Za-z0-9-]+", "_") + ".png";
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(Path.of(folder, file)).setFullPage(true));
        }
    }

    private static Map<Optional<Role>, List<String>> byRole() {
        Map<Optional<Role>, List<String>> byRole = new java.util.LinkedHashMap<>();
        for (RouteTable.Route route : table.routes()) {
            String address = pages.all().get(route.path());
            if (route.method() == RouteTable.Method.GET && address != null) {
                byRole.computeIfAbsent(Pages.who(route), k -> new ArrayList<>()).add(address);
            }
        }
        return byRole;
    }

    private static void signIn(Page page, Role role) {
        page.navigate(server.url() + "/console/sign-in");
        page.fill("#f-name", server.of(role).name());
        page.fill("#f-password", TestServer.PASSWORD);
        page.press("#f-password", "Enter");
        page.waitForURL(url -> url.endsWith("/console/"));
    }

    private static void examine(Page page, String language, int width, String address, List<String> faults) {
        String where = language + " " + width + " " + address + ": ";
        if (!language.equals(page.getAttribute("html", "lang"))) {
            faults.add(where + "lang is " + page.getAttribute("html", "lang"));
        }
        if (page.content().matches("(?s).*>[^<]*\\[[a-z]+\\.[A-Za-z._]+][^<]*<.*")) {
            faults.add(where + "a message is missing from the catalogue");
        }
        AxeResults seen = new AxeBuilder(page).withTags(RULES).analyze();
        for (Rule rule : seen.getViolations()) {
            faults.add(where + rule.getId() + " " + rule.getNodes().getFirst().getHtml());
        }
        Object wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (((Number) wide).intValue() > 0) {
            faults.add(where + "wider than the window by " + wide);
        }
        Object small = page.evaluate(
                "[...document.querySelectorAll('button, .button, input:not([type=hidden]), select, summary, nav a')]"
                        + ".filter(e => e.offsetParent && !e.closest('.check') && e.getBoundingClientRect().height < 43.5)"
                        + ".map(e => e.outerHTML.slice(0, 90)).slice(0, 3).join(' | ')");
        if (!String.valueOf(small).isEmpty()) {
            faults.add(where + "too small to hit: " + small);
        }
    }
}
