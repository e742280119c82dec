package dev.cinnabar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theFirstStartShowsItsSecretsOnceAndTheSecondServesWithThem() throws Exception {
        String data = folder.resolve("data").toString();
        String key;
        try (Program first = Program.cinnabar(folder, "serve", "--port", "0", "--data", data)) {
            assertThat(first.line("admin: ")).matches("admin: admin / \\S{12,}");
            key = first.line("key: ").substring(5);
            assertThat(key).matches("cb-\\S{30,}");
            String ready = first.line("Ready ");
            assertThat(ready).matches("Ready http://127\\.0\\.0\\.1:\\d+");
            assertThat(models(ready.substring(6), key)).isEqualTo(200);
            assertThat(models(ready.substring(6), "cb-nobody")).isEqualTo(401);

            Ran beside = Ran.cinnabar("admin", "staff", "--data", data);
            assertThat(beside.code()).isEqualTo(3);
            assertThat(beside.err()).contains(data, "remedy");
            assertThat(first.stopped()).isZero();
        }
        try (Program second = Program.cinnabar(folder, "serve", "--port", "0", "--data", data)) {
            String ready = second.line("Ready ");
            assertThat(second.seen()).noneMatch(line -> line.startsWith("admin: ") || line.startsWith("key: "));
            assertThat(models(ready.substring(6), key)).isEqualTo(200);
            assertThat(second.stopped()).isZero();
        }
    }

    private static int models(String url, String key) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v1/models"))
                    .header("Authorization", "Bearer " + key)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void aPortInUseIsNamedWithItsRemedyAndNothingIsLeftRunning() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("cinnabar.yaml"), "management:\n  port: 0\n");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ran ran =
                    Ran.cinnabar("serve", "--port", Integer.toString(taken.getLocalPort()), "--data", data.toString());
            assertThat(ran.code()).isEqualTo(3);
            assertThat(ran.out()).doesNotContain("Ready").doesNotContain("key:");
            assertThat(ran.err())
                    .contains(
                            "cinnabar: the port " + taken.getLocalPort() + " is in use",
                            "  remedy: stop who uses it, or set http.port (--port) to another")
                    .doesNotContain("\tat ")
                    .doesNotContain("Exception");
        }
        assertThat(data.resolve("postgres/PG_VERSION")).exists();
        assertThat(data.resolve("postgres/postmaster.pid"))
                .as("PostgreSQL was stopped")
                .doesNotExist();
    }

    @Test
    void aWrongSettingNamesTheNearest() throws IOException {
        Path config = Files.writeString(folder.resolve("c.yaml"), "http:\n  prot: 8080\n");
        Ran ran = Ran.cinnabar(
                "serve", "--data", folder.resolve("data").toString(), "--config", config.toString(), "--port", "0");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("http.prot", "http.port", "remedy");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void aConfigurationThatIsNotThereIsAClearError() {
        String absent = folder.resolve("absent.yaml").toString();
        Ran ran = Ran.cinnabar("serve", "--data", folder.resolve("data").toString(), "--config", absent, "--port", "0");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains(absent, "remedy");
    }

    @Test
    void aDemoNeverGoesOverAFolderThatIsInUse() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("somebody.txt"), "was here");
        Ran ran = Ran.cinnabar("serve", "--data", data.toString(), "--demo", "--port", "0");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("remedy");
        assertThat(data.resolve("demo")).doesNotExist();
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(Ran.cinnabar("serve", "--port", "eighty").code()).isEqualTo(2);
        assertThat(Ran.cinnabar("serve", "--prot", "80").code()).isEqualTo(2);
        assertThat(Ran.cinnabar(
                                "serve",
                                "--port",
                                "70000",
                                "--data",
                                folder.resolve("d").toString())
                        .code())
                .isIn(2, 3);
    }
}
