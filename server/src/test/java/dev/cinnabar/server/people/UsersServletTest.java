package dev.cinnabar.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.apps.Allowance;
import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.apps.Callers;
import dev.cinnabar.server.apps.Scope;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Lang;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Article({"9", "8", "7"})
class UsersServletTest {
    private static final TestDatabase DB = TestDatabase.open();
    private static final MovedClock CLOCK = new MovedClock(TestPeople.START);
    private static final People PEOPLE = TestPeople.on(DB, CLOCK);
    private static final Tomcat TOMCAT = new Tomcat();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    @BeforeAll
    static void start() throws Exception {
        Path base = Files.createTempDirectory("users-servlet");
        TOMCAT.setBaseDir(base.toString());
        TOMCAT.setPort(0);
        Context context = TOMCAT.addContext("", base.toString());
        Wrapper servlet = Tomcat.addServlet(
                context,
                "users",
                new UsersServlet(PEOPLE, UsersServletTest::caller, new Allowance(CLOCK, 6000), List.of(), CLOCK));
        servlet.addMapping("/users");
        servlet.addMapping("/users/*");
        servlet.addMapping("/public/v1/agreements");
        TOMCAT.getConnector();
        TOMCAT.start();
    }

    @AfterAll
    static void stop() throws Exception {
        TOMCAT.stop();
        TOMCAT.destroy();
        DB.close();
    }

    private static Callers.Lookup caller(String key) {
        return switch (key) {
            case "cb-people" -> known("first", EnumSet.of(Scope.PEOPLE));
            case "cb-other" -> known("second", EnumSet.of(Scope.PEOPLE));
            case "cb-slow" -> known("slow", "first", EnumSet.of(Scope.PEOPLE), OptionalInt.of(2));
            case "cb-generate" -> known("first", EnumSet.of(Scope.GENERATE));
            case "cb-unready" -> new Callers.Unready();
            default -> new Callers.Unknown();
        };
    }

    private static Callers.Lookup known(String app, Set<Scope> scopes) {
        return known("key", app, scopes, OptionalInt.empty());
    }

    private static Callers.Lookup known(String key, String app, Set<Scope> scopes, OptionalInt perMinute) {
        return new Callers.Known(new Caller(
                key,
                app,
                app,
                scopes,
                Caller.Explicit.TEXT,
                Lang.EN,
                Optional.empty(),
                perMinute,
                OptionalLong.empty(),
                Optional.empty()));
    }

    record Got(int status, String type, JsonNode json, String text, String again) {}

    private static Got call(String method, String path, String key, String type, byte[] body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + TOMCAT.getConnector().getLocalPort() + path))
                .header("Accept-Language", "en")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String media = answer.headers().firstValue("Content-Type").orElse("");
        JsonNode json = media.endsWith("json") && !media.endsWith("ndjson")
                ? JSON.readTree(answer.body())
                : JSON.createObjectNode();
        return new Got(
                answer.statusCode(),
                media,
                json,
                answer.body(),
                answer.headers().firstValue("Retry-After").orElse(""));
    }

    private static Got post(String path, String body) throws Exception {
        return call("POST", path, "cb-people", "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static Got get(String path) throws Exception {
        return call("GET", path, "cb-people", "", new byte[0]);
    }

    @Test
    void aUserIsRegisteredAttestedAcceptsAndIsErased() throws Exception {
        assertThat(post("/users", "{\"id\":\"ada\"}").status()).isEqualTo(201);
        assertThat(post("/users", "{\"id\":\"ada\",\"kind\":\"person\"}").status())
                .isEqualTo(200);
        assertThat(post("/users", "{\"id\":\"ada\",\"kind\":\"organisation\"}").status())
                .isEqualTo(400);
        assertThat(get("/users/ada").json().path("missing").toString()).isEqualTo("[\"identity\",\"agreement\"]");

        String attestation =
                "{\"method\":\"MOBILE\",\"evidence\":\"ticket-9\",\"at\":\"2026-11-20T16:00:00+08:00\",\"number\":\"13800138000\"}";
        Got verified = post("/users/ada/verifications", attestation);
        assertThat(verified.status()).isEqualTo(201);
        assertThat(verified.json().path("identity").asString()).isEqualTo("VERIFIED");
        assertThat(verified.json().path("assurance").asString()).isEqualTo("attested");
        assertThat(post("/users/ada/verifications", attestation).status()).isEqualTo(200);
        assertThat(get("/users/ada/verifications").json().path("verifications").size())
                .isEqualTo(1);
        assertThat(get("/users/ada").text()).contains("138****8000").doesNotContain("13800138000");

        JsonNode documents =
                call("GET", "/public/v1/agreements", "", "", new byte[0]).json().path("documents");
        JsonNode agreement = documents.get(0);
        assertThat(agreement.path("template").asBoolean()).isTrue();
        String hash = agreement.path("hash").asString();
        assertThat(hash)
                .isEqualTo(Document.hash(new dev.cinnabar.server.law.Words(
                        agreement.path("text").path("zh-CN").asString(),
                        agreement.path("text").path("en").asString())));
        assertThat(post(
                                "/users/ada/acceptances",
                                "{\"version\":1,\"hash\":\"" + "0".repeat(64) + "\",\"channel\":\"app\"}")
                        .json()
                        .path("remedy")
                        .asString())
                .contains(hash);
        assertThat(post(
                                "/users/ada/acceptances",
                                "{\"document\":\"agreement\",\"version\":1,\"hash\":\"" + hash
                                        + "\",\"channel\":\"app\",\"at\":\"2026-11-23T07:00:00Z\"}")
                        .status())
                .isEqualTo(201);
        assertThat(get("/users/ada/acceptances").json().path("current").asBoolean())
                .isTrue();
        assertThat(get("/users/ada").json().path("missing").toString()).isEqualTo("[]");

        // Another application does not see the user.
        assertThat(call("GET", "/users/ada", "cb-other", "", new byte[0]).status())
                .isEqualTo(404);
        Got erased = call("DELETE", "/users/ada", "cb-people", "", new byte[0]);
        assertThat(erased.status()).isEqualTo(200);
        assertThat(erased.json().path("once_verified_by").asString()).isEqualTo("MOBILE");
        assertThat(get("/users/ada").status()).isEqualTo(404);
    }

    @Test
    void aKeyHasItsMinuteHereToo() throws Exception {
        assertThat(call("GET", "/users/nobody", "cb-slow", "", new byte[0]).status())
                .isEqualTo(404);
        assertThat(call("GET", "/users/nobody", "cb-slow", "", new byte[0]).status())
                .isEqualTo(404);
        Got over = call("GET", "/users/nobody", "cb-slow", "", new byte[0]);
        assertThat(over.status()).isEqualTo(429);
        assertThat(over.json().path("code").asString()).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(over.again())).isBetween(1, 60);
        Got unready = call("GET", "/users/nobody", "cb-unready", "", new byte[0]);
        assertThat(unready.status()).isEqualTo(503);
        assertThat(unready.again()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                      | 400",
                "{                                       | 400",
                "[]                                      | 400",
                "null                                    | 400",
                "{}                                      | 400",
                "{\"id\":7}                              | 400",
                "{\"id\":\"\"}                           | 400",
                "{\"id\":\"a b\"}                        | 400",
                "{\"id\":\"a/b\"}                        | 400",
                "{\"id\":\"张三\"}                        | 400",
                "{\"id\":\"13800138000\"}                | 400",
                "{\"id\":\"11010519491231002X\"}         | 400",
                "{\"id\":\"x\",\"id\":\"y\"}             | 400",
                "{\"id\":\"x\"} {}                       | 400",
                "{\"id\":\"x\",\"kind\":\"robot\"}       | 400",
                "{\"id\":\"x\",\"minor\":\"yes\"}        | 400",
                "{\"id\":\"x\",\"name\":\"somebody\"}    | 400",
            })
    void badRegistrationsAreProblems(String body, int status) throws Exception {
        Got got = post("/users", body);
        assertThat(got.status()).as(got.text()).isEqualTo(status);
        assertThat(got.type()).isEqualTo("application/problem+json");
        assertThat(got.json().path("code").asString()).isEqualTo("invalid_request");
        assertThat(got.json().path("reason").asString()).isNotBlank();
        assertThat(got.json().path("remedy").asString()).isNotBlank();
        assertThat(got.text()).doesNotContain("13800138000").doesNotContain("11010519491231002");
    }

    @Test
    void hugeBodiesAreNotRead() throws Exception {
        assertThat(post("/users", "{\"id\":\"" + "x".repeat(70_000) + "\"}").status())
                .isEqualTo(413);
    }

    @Test
    void onlyAKeyWithTheScopeMayAsk() throws Exception {
        record Case(String key, int status, String code) {}
        for (Case wrong : List.of(
                new Case("", 401, "invalid_key"),
                new Case("cb-nobody", 401, "invalid_key"),
                new Case("cb-generate", 403, "scope_missing"),
                new Case("cb-unready", 503, "not_ready"))) {
            Got got = call("GET", "/users/ada", wrong.key(), "", new byte[0]);
            assertThat(got.status()).as(wrong.toString()).isEqualTo(wrong.status());
            assertThat(got.json().path("code").asString()).isEqualTo(wrong.code());
        }
    }

    @Test
    void measuresAreNobodysToMakeHere() throws Exception {
        post("/users", "{\"id\":\"m\"}");
        assertThat(post("/users/m/measures", "{}").status()).isEqualTo(404);
        assertThat(call("PUT", "/users/m", "cb-people", "", new byte[0]).status())
                .isEqualTo(404);
        assertThat(get("/users/m/verifications/1").status()).isEqualTo(404);
        assertThat(get("/users").status()).isEqualTo(404);
    }

    @Test
    void anImportTakesTheGoodRowsAndNamesTheBad() throws Exception {
        String number = MadeUp.document("44030020000228123");
        String csv = "\uFEFFid,method,evidence,at,number,kind\r\n"
                + "imp-1,MOBILE,e1,2026-11-20T08:00:00Z,13800138001,\r\n"
                + "imp-2,ID_NUMBER,\"e,2\",2026-11-20T08:00:00Z," + number + ",person\r\n"
                + "imp-3,ID_NUMBER,e3,2026-11-20T08:00:00Z," + number.substring(0, 17) + "?,person\r\n"
                + "imp-4,USCC,e4,2026-11-20T08:00:00Z,91110102MACQD9K640,organisation\r\n"
                + "imp-5,USCC,e5,2026-11-20T08:00:00Z,,person\r\n"
                + number + ",MOBILE,e6,2026-11-20T08:00:00Z,,\r\n"
                + "imp-7,MOBILE,e7\r\n"
                + "\r\n"
                + "imp-8,MOBILE,e8,yesterday,,\r\n"
                + "imp-1,MOBILE,e1,2026-11-20T08:00:00Z,13800138001,\r\n"
                + "imp-9,MOBILE," + "e".repeat(9_000) + ",2026-11-20T08:00:00Z,,\r\n"
                + "imp-10,NATIONAL_ID_SERVICE,e10,2026-11-20T08:00:00Z,,";
        Got got = call("POST", "/users/verifications", "cb-people", "text/csv", csv.getBytes(StandardCharsets.UTF_8));
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.type()).isEqualTo("application/x-ndjson");
        List<String> results = got.text()
                .lines()
                .map(JSON::readTree)
                .map(line -> line.path("result").asString(""))
                .toList();
        assertThat(results)
                .containsExactly(
                        "recorded",
                        "recorded",
                        "refused",
                        "recorded",
                        "refused",
                        "refused",
                        "refused",
                        "refused",
                        "unchanged",
                        "refused",
                        "recorded",
                        "");
        JsonNode summary = JSON.readTree(got.text().lines().toList().getLast());
        assertThat(summary.path("complete").asBoolean()).isTrue();
        assertThat(summary.path("rows").asInt()).isEqualTo(11);
        assertThat(got.text()).doesNotContain(number).doesNotContain(number.substring(0, 17));
        // Nothing half applied: who was refused was not registered either.
        for (String refused : List.of("imp-3", "imp-5", "imp-7", "imp-8", "imp-9")) {
            assertThat(get("/users/" + refused).status()).as(refused).isEqualTo(404);
        }
        assertThat(get("/users/imp-2").json().path("identity").path("state").asString())
                .isEqualTo("VERIFIED");
        // Sent again, nothing changes.
        Got again = call("POST", "/users/verifications", "cb-people", "text/csv", csv.getBytes(StandardCharsets.UTF_8));
        assertThat(again.text().lines().toList().getLast())
                .contains("\"recorded\":0")
                .contains("\"unchanged\":5");
    }

    @Test
    void jsonLinesAreTakenTooAndOtherTypesAreNot() throws Exception {
        String lines = """
                {"id":"jl-1","method":"MOBILE","evidence":"e","at":"2026-11-20T08:00:00Z","minor":true}
                not json 13800138000
                {"id":"jl-2","method":"MOBILE","evidence":"e","at":"2026-11-20T08:00:00Z","phone":"13800138000"}
                {"id":"jl-3","method":1,"evidence":"e","at":"2026-11-20T08:00:00Z"}
                """;
        byte[] body = lines.getBytes(StandardCharsets.UTF_8);
        Got got = call("POST", "/users/verifications", "cb-people", "application/x-ndjson; charset=utf-8", body);
        assertThat(got.text().lines().toList().getLast())
                .contains("\"recorded\":1")
                .contains("\"refused\":3");
        assertThat(got.text()).doesNotContain("13800138000");
        assertThat(get("/users/jl-1").json().path("minor").asBoolean()).isTrue();
        assertThat(call("POST", "/users/verifications", "cb-people", "application/json", body)
                        .status())
                .isEqualTo(400);
        byte[] header = "who,what\n1,2\n".getBytes(StandardCharsets.UTF_8);
        assertThat(call("POST", "/users/verifications", "cb-people", "text/csv", header)
                        .text())
                .contains("no usable header")
                .contains("\"rows\":1");
    }

    @Test
    void aBodyThatIsTooLargeEndsBeforeTheRowThatIsCut() throws IOException {
        byte[] rows = "id,method,evidence,at\nbig-1,MOBILE,e,2026-11-20T08:00:00Z\nbig-2,MOBILE,e-but-cu"
                .getBytes(StandardCharsets.UTF_8);
        java.io.InputStream cut =
                new java.io.SequenceInputStream(new java.io.ByteArrayInputStream(rows), new java.io.InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new AttestationImport.TooMuch();
                    }

                    @Override
                    public int read(byte[] into, int from, int length) throws IOException {
                        throw new AttestationImport.TooMuch();
                    }
                });
        AttestationImport.Summary summary = PEOPLE.attestations()
                .run("first", AttestationImport.Format.CSV, cut, TestPeople.CALLER, (row, result) -> {});
        assertThat(summary.recorded()).isEqualTo(1);
        assertThat(summary.complete()).isFalse();
        assertThat(PEOPLE.find("first", "big-2")).isEmpty();
    }
}
