package dev.cinnabar.server.oversight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.web.Staff;
import dev.cinnabar.server.web.Surfer;
import dev.cinnabar.server.web.TestConsole;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overview and the ledger's pages on two real logs; and the evidence, checked by the program that goes with it. */
@Article({"10", "16"})
class LedgerPagesTest {
    private static final String GOOD = "cobalt teapots sing";

    @TempDir
    static Path folder;

    private static TestDatabase db;
    private static TestBooks books;
    private static TestConsole console;
    private static Surfer officer;

    @BeforeAll
    static void open() throws Exception {
        db = TestDatabase.open();
        books = new TestBooks(folder, InstantSource.system());
        for (int i = 0; i < 120; i++) {
            TestBooks.say(books.traffic, "{\"v\":1,\"kind\":\"released\",\"content\":\"C" + i + "\"}");
        }
        TestBooks.say(books.traffic, "{\"v\":1,\"kind\":\"refused\",\"refused\":{\"code\":\"content_blocked\"}}");
        TestBooks.say(books.traffic, "{\"v\":1,\"kind\":\"counted\",\"reason\":\"invalid_key\",\"count\":41}");
        TestBooks.say(books.traffic, "{\"v\":1,\"kind\":\"<script>alert(1)</script>\",\"subject\":\"<img src=x>\"}");
        TestBooks.say(books.traffic, "not json at all");
        console = TestConsole.open(
                db, InstantSource.system(), staff -> List.of(oversight(staff).routes()), true);
        officer = person("officer", Role.OFFICER);
    }

    private static Oversight oversight(Staff staff) {
        Map<String, List<Gauge>> gauges = new LinkedHashMap<>();
        gauges.put(
                "overview.readiness",
                Oversight.readiness(InstantSource.system(), books.all(), () -> false, true, staff));
        gauges.put("overview.decisions", List.of(() -> {
            throw new IllegalStateException("the store is gone");
        }));
        return new Oversight(
                InstantSource.system(),
                books.all(),
                content -> content.equals("C5") ? List.of(5L) : content.equals("TWO") ? List.of(5L, 6L) : List.of(),
                gauges);
    }

    static Surfer person(String name, Role role) throws Exception {
        if (!(console.staff().create(Actor.SYSTEM, name, name, Set.of(role))
                instanceof Outcome.Done<Staff.Issued>(Staff.Issued issued))) {
            throw new AssertionError("no account for " + name);
        }
        console.staff().changePassword(issued.member().id(), issued.password(), GOOD);
        Surfer surfer = new Surfer(console.address());
        assertThat(surfer.signIn(name, GOOD).statusCode()).isEqualTo(303);
        return surfer;
    }

    @AfterAll
    static void close() {
        console.close();
        books.close();
        db.close();
    }

    @Test
    void theOverviewCountsTodayFromTheLogAndSaysWhatItCannotRead() throws Exception {
        String page = officer.get("/console/?lang=en").body();
        assertThat(text(page))
                .contains("Released 120")
                .contains("Refused 42")
                .contains("Content blocked content_blocked 1")
                .contains("Invalid key invalid_key 41")
                .contains("Entries not understood Fault 1")
                .contains("State in memory: not confirmed Fault")
                .contains("People who decide Needs care 1")
                .contains("Could not be read Fault This could not be read (the store is gone)");
    }

    private static String text(String page) {
        return page.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void entriesAreListedNewestFirstAndPaged() throws Exception {
        String first = officer.get("/console/ledger/traffic").body();
        assertThat(first).contains("/console/ledger/traffic/123\"").contains("/console/ledger/traffic/74\"");
        assertThat(first).doesNotContain("/console/ledger/traffic/73\"").contains("before=74");
        String second = officer.get("/console/ledger/traffic?before=74").body();
        assertThat(second).contains("/console/ledger/traffic/73\"").contains("before=124");
        assertThat(officer.get("/console/ledger/traffic?before=0").statusCode()).isEqualTo(200);
        assertThat(officer.get("/console/ledger/traffic?before=99999999999999999")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void entriesAreFoundByIndexAndByContent() throws Exception {
        assertThat(Surfer.to(officer.get("/console/ledger/traffic?find=7"))).isEqualTo("/console/ledger/traffic/7");
        assertThat(Surfer.to(officer.get("/console/ledger/traffic?find=C5"))).isEqualTo("/console/ledger/traffic/5");
        assertThat(officer.get("/console/ledger/traffic?find=TWO").body())
                .contains("/console/ledger/traffic/5\"", "/console/ledger/traffic/6\"");
        for (String nothing : List.of("999", "99999999999999999999", "C999", "%3Cscript%3E")) {
            HttpResponse<String> answer = officer.get("/console/ledger/traffic?find=" + nothing);
            assertThat(answer.statusCode()).as(nothing).isEqualTo(404);
            assertThat(answer.body()).contains("e-find").doesNotContain("<script>");
        }
        assertThat(officer.get("/console/ledger/governance?find=C5").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatStandsInAnEntryIsShownAsTextAndNeverRun() throws Exception {
        assertThat(officer.get("/console/ledger/traffic/122").body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert");
        assertThat(officer.get("/console/ledger/traffic").body()).doesNotContain("<script>alert");
    }

    @Test
    void anEntryShowsThatItsProofHolds() throws Exception {
        String page = officer.get("/console/ledger/traffic/5?lang=en").body();
        assertThat(page)
                .contains("The proof holds")
                .contains("test.example/traffic")
                .contains(books.traffic.keys().getFirst());
    }

    @Test
    void whatIsNotThereIs404() throws Exception {
        for (String path : List.of(
                "/nolog", "/nolog/1", "/traffic/124", "/traffic/x", "/traffic/-1", "/traffic/99999999999999999999")) {
            assertThat(officer.get("/console/ledger" + path).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void theEvidenceIsCheckedByItsOwnProgramAndAFlippedBitIsFound() throws Exception {
        Path there = unpack(evidence("/console/ledger/traffic/77/evidence"), folder.resolve("evidence"));
        assertThat(verify(there)).contains("All holds: entry 77 stands in the log test.example/traffic");
        for (String name : List.of("leaf.bin", "content.json", "proof.txt", "key.txt")) {
            byte[] good = Files.readAllBytes(there.resolve(name));
            byte[] bad = good.clone();
            bad[bad.length / 2] ^= 1;
            Files.write(there.resolve(name), bad);
            assertThat(verify(there)).as(name).doesNotContain("All holds");
            Files.write(there.resolve(name), good);
        }
    }

    private static byte[] evidence(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(console.address() + path))
                .header(
                        "Cookie",
                        "cinnabar-session=" + officer.session().orElseThrow().getValue())
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment")
                .contains("cinnabar-traffic-77.zip");
        return answer.body();
    }

    private static Path unpack(byte[] zip, Path into) throws IOException {
        Files.createDirectories(into);
        try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
                Files.write(into.resolve(file.getName()), files.readAllBytes());
            }
        }
        return into;
    }

    private static String verify(Path there) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process run = new ProcessBuilder(java, "-Xmx64m", "-XX:TieredStopAtLevel=1", "Verify.java")
                .directory(there.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor() == 0).as(said).isEqualTo(said.contains("All holds"));
        return said;
    }
}
