package dev.cinnabar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.law.Article;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The public page that checks a file: for everybody, with any file, without JavaScript. */
@Article("18")
class CheckPageTest {
    private static final TestDatabase DB = TestDatabase.open();
    private static final TestConsole CONSOLE = TestConsole.open(DB, InstantSource.system(), staff -> List.of(), false);

    @AfterAll
    static void close() {
        CONSOLE.close();
        DB.close();
    }

    private static HttpResponse<String> send(String name, byte[] file) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--line--\r\n".getBytes(StandardCharsets.UTF_8));
        return raw(body.toByteArray(), "multipart/form-data; boundary=line");
    }

    private static HttpResponse<String> raw(byte[] body, String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(CONSOLE.address() + "/public/check?lang=en"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aPlainTextHasNoLabelAndThePageSaysWhatThatDoesNotMean() throws Exception {
        HttpResponse<String> answer = send("letter.txt", bytes("moonlit-teapot"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("No hidden label was found", "does not prove that no machine made it", "letter.txt");
    }

    @Test
    void hostileNamesAreShownAsWordsAndNeverOpened() throws Exception {
        for (String name : List.of(
                "../../../../etc/passwd",
                "..\\\\..\\\\boot.ini",
                "<img src=x onerror=alert(1)>.txt",
                "a".repeat(300) + ".txt",
                "\u202egnp.exe",
                "%00.txt",
                ".")) {
            HttpResponse<String> answer = send(name, bytes("x"));
            assertThat(answer.statusCode()).as(name).isEqualTo(200);
            assertThat(answer.body())
                    .as(name)
                    .doesNotContain("<img src=x", "etc/passwd", "root:", "\u202e", "a".repeat(201));
        }
        assertThat(send("a".repeat(5000), bytes("x")).statusCode()).isBetween(400, 499);
    }

    @Test
    void aFileThatIsTooLargeIsRefusedWithAPage() throws Exception {
        HttpResponse<String> answer = send("large.png", new byte[WebSetup.LARGEST_UPLOAD + (1 << 20)]);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("larger than 32 MiB");
    }

    @Test
    void nothingAndBrokenFormsAreSaidSo() throws Exception {
        assertThat(send("empty.txt", new byte[0]).statusCode()).isEqualTo(422);
        assertThat(raw(bytes("file=x"), "application/x-www-form-urlencoded").statusCode())
                .isEqualTo(400);
        assertThat(raw(bytes("--line\r\nno headers here"), "multipart/form-data; boundary=line")
                        .statusCode())
                .isEqualTo(400);
        assertThat(raw(bytes("{}"), "application/json").statusCode()).isEqualTo(400);
    }

    @Test
    void damagedAndSwollenFilesGetAVerdictAndNoError() throws Exception {
        byte[] head = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        byte[] huge = Arrays.copyOf(head, 8 + 25);
        byte[] chunk = {0, 0, 0, 13, 'I', 'H', 'D', 'R', 0x7f, -1, -1, -1, 0x7f, -1, -1, -1, 8, 6, 0, 0, 0};
        System.arraycopy(chunk, 0, huge, 8, chunk.length);
        byte[] zip = {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0};
        for (byte[] file : List.of(head, huge, zip, bytes("RIFF\u00ff\u00ff\u00ff\u00ffWAVE"), new byte[1 << 20])) {
            HttpResponse<String> answer = send("x.bin", file);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("id=\"verdict\"");
        }
    }

    @Test
    void itLeavesNoSessionAndNoCookie() throws Exception {
        assertThat(send("a.txt", bytes("x")).headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void anotherSiteCannotSendAFileInSomebodysName() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(CONSOLE.address() + "/public/check"))
                .header("Content-Type", "multipart/form-data; boundary=line")
                .header("Sec-Fetch-Site", "cross-site")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes("--line--\r\n")))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void itWorksInABrowserWithoutJavaScript() {
        try (TestBrowser.Window window = TestBrowser.open("en", ColorScheme.LIGHT, 1000, false)) {
            window.page().navigate(CONSOLE.address() + "/public/check");
            window.page().setInputFiles("#f-file", new FilePayload("note.txt", "text/plain", bytes("moonlit-teapot")));
            window.page().click("main .primary");
            assertThat(window.page().textContent("#verdict")).contains("No hidden label");
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    void theLookIsKeptWithoutJavaScriptToo() {
        try (TestBrowser.Window window = TestBrowser.open("zh-CN", ColorScheme.LIGHT, 1000, false)) {
            window.page().navigate(CONSOLE.address() + "/public/check");
            window.page().click("button[value=en]");
            assertThat(window.page().getAttribute("html", "lang")).isEqualTo("en");
            window.page().click("button.in-light");
            assertThat(window.page().getAttribute("html", "data-theme")).isEqualTo("dark");
            assertThat(window.page().url()).endsWith("/public/check");
        }
    }
}
