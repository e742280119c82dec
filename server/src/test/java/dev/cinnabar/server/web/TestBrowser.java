package dev.cinnabar.server.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** One Chromium of the machine for all browser tests of this JVM; where there is none the tests are skipped, and say so. */
public final class TestBrowser {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static final class Shared {
        private static final Playwright PLAYWRIGHT = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        private static final Browser BROWSER = PLAYWRIGHT
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    private TestBrowser() {}

    /** A fresh window: no cookies, this language, these colours, this width. */
    public static Window open(String language, ColorScheme colours, int width) {
        return open(language, colours, width, true);
    }

    /** As above, with or without JavaScript. */
    public static Window open(String language, ColorScheme colours, int width, boolean javaScript) {
        Assumptions.assumeTrue(
                Files.isExecutable(CHROMIUM), "tool absent: " + CHROMIUM + " (apt-get install chromium)");
        BrowserContext context = Shared.BROWSER.newContext(new Browser.NewContextOptions()
                .setLocale(language)
                .setColorScheme(colours)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setJavaScriptEnabled(javaScript)
                .setViewportSize(width, 900));
        return new Window(context);
    }

    /** A window, and what its console complained about: a breach of the content security policy is among it. */
    public static final class Window implements AutoCloseable {
        private final BrowserContext context;
        private final Page page;
        private final List<String> complaints = new ArrayList<>();

        private Window(BrowserContext context) {
            this.context = context;
            this.page = context.newPage();
            page.setDefaultTimeout(15_000);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    complaints.add(message.type() + ": " + message.text() + " @ " + page.url());
                }
            });
            page.onPageError(error -> complaints.add("uncaught: " + error + " @ " + page.url()));
        }

        public Page page() {
            return page;
        }

        /** What the console complained about since the window opened. */
        public List<String> complaints() {
            return List.copyOf(complaints);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
