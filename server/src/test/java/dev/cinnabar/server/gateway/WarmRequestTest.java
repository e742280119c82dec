package dev.cinnabar.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.ServeOptions;
import dev.cinnabar.server.Server;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.store.Database;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The whole server with its real database, logs and content store: a warm request runs no SQL statement. */
class WarmRequestTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void warmRequestsRunNoStatement(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (Server server = Server.start(ServeOptions.quiet(folder.resolve("data"), true, out))) {
            String key = printed.toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("key: "))
                    .findFirst()
                    .orElseThrow()
                    .substring(5);
            for (boolean stream : new boolean[] {false, true}) {
                assertThat(ask(server, key, stream)).contains("【AI生成】");
            }
            Database database = server.get(Database.class);
            long before = database.statements();
            for (int i = 0; i < 20; i++) {
                assertThat(ask(server, key, i % 2 == 0)).contains("【AI生成】");
            }
            assertThat(database.statements()).isEqualTo(before);
        }
    }

    private String ask(Server server, String key, boolean stream) throws Exception {
        ObjectNode body =
                Json.newObject().put("model", "demo").put("user", "demo-user").put("stream", stream);
        body.putArray("messages").addObject().put("role", "user").put("content", "a line about lamps");
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Cinnabar-Entry")).isPresent();
        return answer.body();
    }
}
