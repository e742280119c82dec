package dev.cinnabar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** People who walk through the console in a browser, and what was wrong with the pages that they saw. */
final class Walk implements AutoCloseable {
    private static final String PASSWORD = "cobalt teapots sing";
    private static final List<String> STANDARDS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private final TestConsole console;
    private final List<String> faults = new ArrayList<>();

    /** The pages of these rooms over this database. */
    Walk(TestDatabase db, InstantSource clock, Function<Staff, Collection<Routes>> rooms) {
        this.console = TestConsole.open(db, clock, rooms, false);
    }

    /** Somebody with this role who can sign in. */
    Walk with(String name, Role role) {
        switch (console.staff().create(Actor.SYSTEM, name, name, Set.of(role))) {
            case Outcome.Done<Staff.Issued>(Staff.Issued issued) -> {
                var changed = console.staff().changePassword(issued.member().id(), issued.password(), PASSWORD);
                assertThat(changed).isInstanceOf(Outcome.Done.class);
            }
            case Outcome.Not<Staff.Issued>(Refused refused) -> throw new AssertionError(refused.toString());
        }
        return this;
    }

    TestBrowser.Window signedIn(String name, String lang) {
        TestBrowser.Window window = TestBrowser.open(lang, ColorScheme.LIGHT, 1280);
        Page page = window.page();
        page.navigate(console.address() + "/console/sign-in");
        page.fill("#f-name", name);
        page.fill("#f-password", PASSWORD);
        page.press("#f-password", "Enter");
        page.waitForURL("**/console/");
        return window;
    }

    /** Goes to this path and looks at the page. */
    void go(Page page, String path) {
        page.navigate(console.address() + path);
        look(page);
    }

    /** Remembers what is wrong with the page that is shown: axe's findings; a missing message is wrong at once. */
    void look(Page page) {
        assertThat(page.content()).doesNotContainPattern("\\[[a-z]+\\.[A-Za-z_.]+]");
        new AxeBuilder(page)
                .withTags(STANDARDS)
                .analyze()
                .getViolations()
                .forEach(violation -> faults.add(page.url() + " " + violation.getId() + " " + violation.getHelp() + " "
                        + violation.getNodes().getFirst().getHtml()));
    }

    /** Nothing was wrong with any page, and the window's console complained about nothing. */
    void alright(TestBrowser.Window window) {
        List<String> complaints = window.complaints().stream()
                .filter(line -> !line.contains("status of 422"))
                // The overview is another room's page and is not in these tests.
                .filter(line -> !line.endsWith("/console/"))
                .toList();
        assertThat(complaints).isEmpty();
        assertThat(faults).isEmpty();
    }

    @Override
    public void close() {
        console.close();
    }
}
