package dev.cinnabar.server.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.ledger.Checkpoint;
import dev.cinnabar.ledger.Ed25519Key;
import dev.cinnabar.ledger.SignedNote;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.store.DataFolder;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The read paths over HTTP, read as a monitor would that has nothing but the public keys and RFC 6962. */
@Article("21")
class LogServletTest {
    private static final int ENTRIES = 300;
    private static final Tomcat TOMCAT = new Tomcat();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static DataFolder data;
    private static Logs logs;

    @BeforeAll
    static void start() throws Exception {
        data = DataFolder.open(folder.resolve("data"), InstantSource.system());
        logs = Logs.open(
                new LogSettings("test.cinnabar.example", Duration.ofMinutes(10)),
                data,
                InstantSource.system(),
                new SecureRandom());
        for (int i = 0; i < ENTRIES; i++) {
            logs.writer().append(("{\"kind\":\"whole\",\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8));
        }
        logs.traffic().ledger().sign();
        logs.writer().append("not under a checkpoint yet".getBytes(StandardCharsets.UTF_8));
        TOMCAT.setBaseDir(folder.resolve("tomcat").toString());
        TOMCAT.setPort(0);
        Context context = TOMCAT.addContext(
                "", Files.createDirectories(folder.resolve("tomcat")).toString());
        Tomcat.addServlet(context, "logs", new LogServlet(logs, LogServletTest::reader))
                .addMapping("/ledger/*");
        TOMCAT.getConnector();
        TOMCAT.start();
    }

    @AfterAll
    static void stop() throws Exception {
        TOMCAT.stop();
        TOMCAT.destroy();
        logs.close();
        data.close();
    }

    private static LogServlet.Reader reader(String key) {
        return switch (key) {
            case "reads" -> LogServlet.Reader.ALLOWED;
            case "generates" -> LogServlet.Reader.WITHOUT_SCOPE;
            case "unready" -> LogServlet.Reader.UNCONFIRMED;
            default -> LogServlet.Reader.NOBODY;
        };
    }

    private static HttpResponse<byte[]> get(String path, String... key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + TOMCAT.getConnector().getLocalPort() + "/ledger/" + path));
        for (String each : key) {
            request.header("Authorization", "Bearer " + each);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void theCheckpointIsSignedAndTheTilesProveEveryEntryOfTheBundles() throws Exception {
        HttpResponse<byte[]> answer = get("traffic/checkpoint");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
        Checkpoint checkpoint = Checkpoint.parse(answer.body());
        Ed25519Key key = Ed25519Key.parse(
                Files.readAllLines(folder.resolve("data/logs/traffic.vkeys")).getFirst());
        assertThat(checkpoint.note().check(List.of(key))).isInstanceOf(SignedNote.Verdict.Genuine.class);
        assertThat(checkpoint.size()).isEqualTo(ENTRIES);

        List<byte[]> leaves = new ArrayList<>();
        leaves.addAll(hashes(get("traffic/tile/0/000").body()));
        leaves.addAll(hashes(get("traffic/tile/0/001.p/44").body()));
        assertThat(leaves).hasSize(ENTRIES);
        assertThat(checkpoint.root().base64())
                .isEqualTo(java.util.Base64.getEncoder().encodeToString(root(leaves)));
        assertThat(hashes(get("traffic/tile/1/000.p/1").body()))
                .singleElement()
                .isEqualTo(root(leaves.subList(0, 256)));

        List<byte[]> entries = new ArrayList<>();
        entries.addAll(bundle(get("traffic/tile/entries/000", "reads").body()));
        entries.addAll(bundle(get("traffic/tile/entries/001.p/44", "reads").body()));
        assertThat(entries).hasSize(ENTRIES);
        for (int i = 0; i < ENTRIES; i++) {
            assertThat(sha256(new byte[] {0}, entries.get(i))).isEqualTo(leaves.get(i));
            assertThat(new String(entries.get(i), StandardCharsets.UTF_8)).endsWith("\"n\":" + i + "}");
        }
    }

    private static List<byte[]> hashes(byte[] tile) {
        List<byte[]> all = new ArrayList<>();
        for (int at = 0; at < tile.length; at += 32) {
            all.add(Arrays.copyOfRange(tile, at, at + 32));
        }
        return all;
    }

    /** Entries with their lengths in two bytes before them. */
    private static List<byte[]> bundle(byte[] bytes) {
        List<byte[]> all = new ArrayList<>();
        for (ByteBuffer in = ByteBuffer.wrap(bytes); in.hasRemaining(); ) {
            byte[] entry = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(entry);
            all.add(entry);
        }
        return all;
    }

    /** The Merkle tree hash of RFC 6962 2.1 over hashes of leaves. */
    private static byte[] root(List<byte[]> leaves) throws Exception {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return sha256(new byte[] {1}, root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
    }

    private static byte[] sha256(byte[]... parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    @Test
    void entriesAreForThoseWhoMayReadThem() throws Exception {
        String bundle = "traffic/tile/entries/000";
        for (String[] key : new String[][] {{}, {"wrong"}, {""}}) {
            HttpResponse<byte[]> no = get(bundle, key);
            assertThat(no.statusCode()).isEqualTo(401);
            assertThat(no.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(no.body()).asString(StandardCharsets.UTF_8).doesNotContain("kind");
        }
        assertThat(get(bundle, "generates").statusCode()).isEqualTo(403);
        HttpResponse<byte[]> later = get(bundle, "unready");
        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.headers().firstValue("Retry-After")).contains("1");
        HttpResponse<byte[]> may = get(bundle, "reads");
        assertThat(may.statusCode()).isEqualTo(200);
        assertThat(may.headers().firstValue("Cache-Control").orElse("")).startsWith("private");
    }

    @Test
    void whatIsNoResourceOfAPublishedTreeIsNotFound() throws Exception {
        for (String path : List.of(
                "",
                "traffic",
                "traffic/",
                "nothing/checkpoint",
                "TRAFFIC/checkpoint",
                "traffic/checkpoint/",
                "traffic/segments",
                "traffic/lock",
                "traffic/tile/0/001",
                "traffic/tile/0/001.p/45",
                "traffic/tile/0/000.p/0",
                "traffic/tile/0/000.p/256",
                "traffic/tile/0/000.p/257",
                "traffic/tile/0/-01",
                "traffic/tile/0/0",
                "traffic/tile/00/000",
                "traffic/tile/64/000",
                "traffic/tile/0/x000/000",
                "traffic/tile/0/x999/x999/x999/x999/x999/999",
                "traffic/tile/0/99999999999999999999999",
                "traffic/tile/entries/001",
                "traffic/tile/entries/001.p/45",
                "governance/tile/0/000.p/1")) {
            assertThat(get(path, "reads").statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void hostilePathsReachNoFile() throws Exception {
        for (String path : List.of(
                "/ledger/traffic/../../keys/traffic",
                "/ledger/traffic/..%2f..%2fkeys%2ftraffic",
                "/ledger/%2e%2e/keys/postgres.password",
                "/ledger/..;/keys",
                "/ledger/traffic/tile/..;/..;/..;/layout.json",
                "/ledger/traffic/tile/0/000%00.p/1",
                "/ledger/traffic/checkpoint%0d%0aX-Bad:%201",
                "/ledger//etc/passwd",
                "/ledger/traffic/tile/0/%F0%9F%92%A9",
                "/ledger/traffic/\\..\\..\\layout.json",
                "/ledger/traffic/" + "tile/".repeat(1000))) {
            String answer = raw(path);
            assertThat(answer).as(path).matches("(?s)HTTP/1\\.1 (400|404) .*");
            assertThat(answer)
                    .doesNotContain("layout\":")
                    .doesNotContain("root:")
                    .doesNotContain("X-Bad");
        }
    }

    private static String raw(String path) throws Exception {
        try (Socket client = new Socket(
                InetAddress.getLoopbackAddress(), TOMCAT.getConnector().getLocalPort())) {
            client.setSoTimeout(10_000);
            client.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            client.getInputStream().transferTo(all);
            return all.toString(StandardCharsets.UTF_8);
        }
    }
}
