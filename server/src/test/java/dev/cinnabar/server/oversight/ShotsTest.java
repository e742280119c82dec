package dev.cinnabar.server.oversight;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.web.*;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("shots")
class ShotsTest {
    @Test
    void shots() throws Exception {
        try (TestDatabase db = TestDatabase.open();
                TestBooks books =
                        new TestBooks(java.nio.file.Files.createTempDirectory("shots"), InstantSource.system());
                TestConsole console = TestConsole.open(
                        db,
                        InstantSource.system(),
                        staff -> List.of(new Oversight(
                                        InstantSource.system(),
                                        books.all(),
                                        c -> List.of(),
                                        new java.util.LinkedHashMap<>(java.util.Map.of(
                                                "overview.readiness",
                                                Oversight.readiness(
                                                        InstantSource.system(), books.all(), () -> true, true, staff))))
                                .routes()),
                        true)) {
            for (int i = 0; i < 120; i++) {
                TestBooks.say(
                        books.traffic,
                        "{\"v\":1,\"kind\":\"released\",\"content\":\"01M85537W4BF9C17SQH4FCBF" + i + "\"}");
            }
            TestBooks.say(books.traffic, "{\"v\":1,\"kind\":\"refused\",\"refused\":{\"code\":\"content_blocked\"}}");
            TestBooks.say(books.traffic, "{\"v\":1,\"kind\":\"counted\",\"reason\":\"invalid_key\",\"count\":41}");

            Staff.Issued first = console.staff().first().orElseThrow();
            console.staff().create(Actor.SYSTEM, "li.na", "李娜", Set.of(Role.OFFICER, Role.SENIOR));
            console.staff().create(Actor.SYSTEM, "wei", "Wei Chen", Set.of(Role.REVIEWER));
            console.staff().changePassword(first.member().id(), first.password(), "cobalt teapots sing");
            for (String lang : List.of("zh-CN", "en")) {
                for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    for (int width : List.of(1360, 360)) {
                        round(console, lang, colours, width);
                    }
                }
            }
        }
    }

    private static void round(TestConsole console, String lang, ColorScheme colours, int width) {
        try (TestBrowser.Window window = TestBrowser.open(lang, colours, width)) {
            String tail = "-" + lang + "-" + colours + "-" + width;
            Page page = window.page();
            page.navigate(console.address() + "/");
            shot(page, "home" + tail);
            page.navigate(console.address() + "/public/check");
            page.setInputFiles("input[type=file]", Path.of(System.getProperty("shot.file", "/tmp/cin/s4-label.txt")));
            page.click("main .primary");
            shot(page, "check" + tail);
            page.navigate(console.address() + "/console/sign-in");
            shot(page, "signin" + tail);
            page.fill("#f-name", "admin");
            page.fill("#f-password", "cobalt teapots sing");
            page.press("#f-password", "Enter");
            try {
                page.waitForURL(url -> url.endsWith("/console/"));
            } catch (RuntimeException e) {
                System.out.println("AT " + page.url() + window.complaints());
                shot(page, "stuck");
                System.out.println(page.content());
                throw e;
            }
            shot(page, "overview" + tail);
            page.navigate(console.address() + "/console/ledger");
            shot(page, "ledger" + tail);
            page.navigate(console.address() + "/console/ledger/traffic");
            shot(page, "log" + tail);
            page.navigate(console.address() + "/console/ledger/traffic/7");
            shot(page, "entry" + tail);
            page.navigate(console.address() + "/console/staff");
            shot(page, "staff" + tail);
            page.navigate(console.address() + "/console/staff/new");
            page.click("main .primary");
            shot(page, "new" + tail);
            page.navigate(console.address() + "/console/staff");
            page.click("text=李娜");
            shot(page, "one" + tail);
            System.out.println(window.complaints());
        }
    }

    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/shots", name + ".png"))
                .setFullPage(true));
    }
}
