package dev.cinnabar.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.Child;
import dev.cinnabar.server.gateway.House.Answer;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.store.TestCluster;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as a provider runs it: its own PostgreSQL, TLS, a trusted proxy in front, two endpoints of one model, logs for machines. */
@Article({"7", "9", "10", "16"})
class ProviderTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String PASSWORD = "changeit-for-the-test";

    @TempDir
    private static Path folder;

    private static ScriptedUpstream first;
    private static ScriptedUpstream second;
    private static TestCluster.Outside postgres;
    private static Child child;
    private static SSLContext trust;
    private static String key;

    @BeforeAll
    static void serve() throws Exception {
        first = new ScriptedUpstream();
        second = new ScriptedUpstream();
        postgres = TestCluster.Outside.in(folder.resolve("outside"));
        trust = certificate();
        Path secret = Files.writeString(folder.resolve("upstream.key"), "sk-of-the-upstream\n");
        Child.layOut(folder.resolve("data"), false, """
                http:
                  trusted-proxies: [127.0.0.2]
                  drain: 5s
                tls:
                  certificate: %1$s/chain.pem
                  key: %1$s/key.pem
                database:
                  url: %2$s
                  user: %3$s
                  password-file: %4$s
                upstreams:
                  first:
                    url: http://127.0.0.1:%5$d/v1
                    credential: file:%6$s
                    models:
                      pair:
                        weight: 1000
                  second:
                    url: http://127.0.0.1:%7$d/v1
                    models:
                      pair:
                        as: another-name
                label:
                  producer: "%8$s"
                limits:
                  strangers-per-minute: 3
                logging:
                  form: json
                """.formatted(
                        folder,
                        postgres.url(),
                        postgres.user(),
                        postgres.passwordFile(),
                        first.port(),
                        secret,
                        second.port(),
                        House.PRODUCER));
        child = Child.serving(folder.resolve("data"));
        key = child.after("key: ");
        register();
    }

    @AfterAll
    static void end() throws Exception {
        child.close();
        postgres.close();
        first.close();
        second.close();
    }

    /** A certificate for 127.0.0.1 as PEM files, and clients that trust it. */
    private static SSLContext certificate() throws Exception {
        Path store = folder.resolve("tls.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "tls",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor())
                .as(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        pem("chain.pem", "CERTIFICATE", keys.getCertificate("tls").getEncoded());
        pem("key.pem", "PRIVATE KEY", keys.getKey("tls", PASSWORD.toCharArray()).getEncoded());
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("tls", keys.getCertificate("tls"));
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static void pem(String name, String what, byte[] der) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                folder.resolve(name), "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    /** A client whose connections come from this address. */
    private static Asker from(String address, String key) throws Exception {
        return new Asker(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(trust)
                        .localAddress(InetAddress.getByName(address))
                        .build(),
                child.url(),
                key);
    }

    private static void register() throws Exception {
        Asker app = from("127.0.0.1", key);
        assertThat(app.post("/users", Json.newObject().put("id", "wang")).status())
                .isEqualTo(201);
        Answer no = app.post(CHAT, House.chat("pair", "hello"));
        assertThat(no.code()).isEqualTo("identity_required");
        Instant now = Instant.now().minusSeconds(60);
        assertThat(app.post(
                                "/users/wang/verifications",
                                Json.newObject()
                                        .put("method", "MOBILE")
                                        .put("evidence", "ticket-1")
                                        .put("at", now.toString()))
                        .status())
                .isEqualTo(201);
        JsonNode agreement =
                app.get("/public/v1/agreements").json().path("documents").get(0);
        assertThat(app.post(
                                "/users/wang/acceptances",
                                Json.newObject()
                                        .put(
                                                "version",
                                                agreement.path("version").asInt())
                                        .put("hash", agreement.path("hash").asString(""))
                                        .put("channel", "app"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void itServesOverTlsAndKeepsEverythingInThatDatabase() throws Exception {
        assertThat(child.url()).startsWith("https://");
        Asker app = from("127.0.0.1", key);
        first.says("from the first");
        second.says("from the second");
        Answer answer = app.post(CHAT, House.chat("pair", "hello"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("aigc").path("ContentProducer").asString(""))
                .isEqualTo(House.PRODUCER);
        assertThat(first.heads.getLast()).contains("Authorization: Bearer sk-of-the-upstream");
        assertThat(folder.resolve("data/postgres")).doesNotExist();
        assertThat(Files.exists(folder.resolve("data/keys/postgres.password"))).isFalse();
    }

    @Test
    void anEndpointThatFailsIsPassedOverAndThenRested() throws Exception {
        Asker app = from("127.0.0.1", key);
        first.answers(500, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        second.says("from the second");
        int before = first.asked.get();
        TreeMap<String, Integer> seen = new TreeMap<>();
        for (int i = 0; i < 12; i++) {
            Answer answer = app.post(CHAT, House.chat("pair", "hello"));
            seen.merge(answer.status() + (answer.text().contains("from the second") ? " second" : ""), 1, Integer::sum);
        }
        assertThat(seen).containsOnlyKeys("200 second");
        assertThat(first.asked.get() - before)
                .as("after five failures in a row nothing is sent there for a while")
                .isEqualTo(5);
        second.answers(503, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        Answer none = app.post(CHAT, House.chat("pair", "hello"));
        assertThat(none.status()).isEqualTo(502);
        assertThat(none.code()).isEqualTo("upstream_failed");
        assertThat(second.bodies.getLast()).contains("another-name");
        second.says("from the second");
        assertThat(app.post(CHAT, House.chat("pair", "hello")).status()).isEqualTo(200);
    }

    @Test
    void aForwardedAddressIsBelievedOfTheProxyOnly() throws Exception {
        // The proxy's word counts: three guesses of one address, and it is turned away; others are not.
        for (int i = 0; i < 3; i++) {
            assertThat(guess("127.0.0.2", "203.0.113.1")).isEqualTo("401 invalid_key");
        }
        assertThat(guess("127.0.0.2", "203.0.113.1")).isEqualTo("429 rate_limited 60");
        assertThat(guess("127.0.0.2", "203.0.113.2")).isEqualTo("401 invalid_key");
        assertThat(guess("127.0.0.2", "198.51.100.9, 203.0.113.1"))
                .as("what a caller wrote before the proxy added its address")
                .isEqualTo("429 rate_limited 60");
        // Nobody else's does: whatever it claims, it is one address.
        for (int i = 0; i < 3; i++) {
            assertThat(guess("127.0.0.3", "203.0.113." + (10 + i))).isEqualTo("401 invalid_key");
        }
        assertThat(guess("127.0.0.3", "203.0.113.20")).isEqualTo("429 rate_limited 60");
    }

    private static String guess(String from, String forwarded) throws Exception {
        Asker stranger = from(from, "cb-guess");
        Answer answer = stranger.send(stranger.request("/v1/models")
                .header("X-Forwarded-For", forwarded)
                .GET());
        return (answer.status() + " " + answer.code() + " " + answer.header("Retry-After")).strip();
    }

    @Test
    void itsLogIsOneJsonObjectALineAndHoldsNoSecret() throws Exception {
        Asker app = from("127.0.0.1", key);
        first.answers(500, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        second.answers(500, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        app.post(CHAT, House.chat("pair", "words of a prompt"));
        first.says("x");
        second.says("x");
        assertThat(app.post(CHAT, House.chat("pair", "hello")).status()).isEqualTo(200);
        List<String> lines = child.log();
        assertThat(lines).isNotEmpty();
        JsonMapper json = JsonMapper.shared();
        for (String line : lines) {
            JsonNode object = json.readTree(line);
            assertThat(object.isObject()).as(line).isTrue();
            assertThat(Instant.parse(object.path("@timestamp").asString("")))
                    .isAfter(Instant.now().minus(Duration.ofHours(1)));
            assertThat(object.path("level").asString("")).isNotEmpty();
            assertThat(object.path("message").asString("")).isNotEmpty();
        }
        String password = Files.readString(postgres.passwordFile()).strip();
        assertThat(String.join("\n", lines))
                .contains("upstream failed")
                .doesNotContain(key, password, "sk-of-the-upstream", "words of a prompt");
    }

    @Test
    void plainHttpIsNotSpokenOnThatPort() throws Exception {
        HttpClient plain = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(
                        java.net.URI.create(child.url().replace("https://", "http://") + "/v1/models"))
                .build();
        java.net.http.HttpResponse<String> answer =
                plain.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(400);
    }
}
