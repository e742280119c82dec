package dev.cinnabar.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void itPrintsReadyOnceAndServesAgainAfterARestart(@TempDir Path folder) throws Exception {
        for (int start = 0; start < 2; start++) {
            printed.reset();
            long began = System.nanoTime();
            try (Server server = start(folder.resolve("data"))) {
                System.err.println("start " + (System.nanoTime() - began) / 1_000_000 + " ms");
                assertThat(printed.toString(StandardCharsets.UTF_8).lines().filter(l -> l.startsWith("Ready ")))
                        .containsExactly("Ready " + server.url());
                assertThat(printed.toString(StandardCharsets.UTF_8)
                                .lines()
                                .filter(l -> l.startsWith("admin: admin / ")))
                        .hasSize(start == 0 ? 1 : 0);
                assertThat(printed.toString(StandardCharsets.UTF_8).lines().filter(l -> l.startsWith("key: cb-")))
                        .hasSize(start == 0 ? 1 : 0);
                assertThat(get(server.url() + "/console/sign-in").body()).contains("<html");
                HttpResponse<String> health = get(server.managementUrl() + "/actuator/health");
                assertThat(health.statusCode()).isEqualTo(200);
                assertThat(health.body())
                        .contains("\"content\"", "\"ledgers\"", "\"database\"", "\"gate\"", "\"features\"");
                assertThat(timers(server)).contains("content.sweep", "content.orphans", "features.expire");
                assertThat(get(server.managementUrl() + "/actuator/prometheus").body())
                        .contains("jvm_memory");
            }
        }
    }

    private static List<String> timers(Server server) {
        return server.get(Store.class)
                .background()
                .inTransaction(handle -> handle.createQuery("select task_name from scheduled_tasks")
                        .mapTo(String.class)
                        .list());
    }

    private Server start(Path data) throws Exception {
        return Server.start(ServeOptions.quiet(data, false, new PrintStream(printed, true, StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
