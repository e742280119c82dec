package dev.cinnabar.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the tour: plain HTTP with a key, as any application would. */
final class Client implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String base;
    private final String key;

    Client(String base, String key) {
        this.base = base;
        this.key = key;
    }

    /** What came back. */
    record Reply(int status, byte[] body, HttpResponse<byte[]> response) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The text of all deltas of a stream. */
        String streamed() {
            StringBuilder all = new StringBuilder();
            text().lines()
                    .filter(line -> line.startsWith("data: {"))
                    .forEach(line -> JSON.readTree(line.substring(6))
                            .path("choices")
                            .forEach(choice -> all.append(
                                    choice.path("delta").path("content").asString(""))));
            return all.toString();
        }
    }

    Reply post(String path, String json) throws IOException, InterruptedException {
        return send(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    Reply send(String path, String type, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key)
                .header("Accept-Language", "en")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return reply(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    }

    private static Reply reply(HttpResponse<byte[]> response) {
        return new Reply(response.statusCode(), response.body(), response);
    }

    static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    @Override
    public void close() {
        http.close();
    }
}
