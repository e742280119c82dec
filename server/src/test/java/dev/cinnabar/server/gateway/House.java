package dev.cinnabar.server.gateway;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Feature;
import dev.cinnabar.review.Folds;
import dev.cinnabar.review.Library;
import dev.cinnabar.review.Risk;
import dev.cinnabar.review.Severity;
import dev.cinnabar.server.apps.Allowance;
import dev.cinnabar.server.gateway.demo.DemoUpstream;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.gateway.upstream.Endpoint;
import dev.cinnabar.server.gateway.upstream.Fetch;
import dev.cinnabar.server.gateway.upstream.OpenAiUpstream;
import dev.cinnabar.server.gateway.upstream.Timeouts;
import dev.cinnabar.server.gateway.upstream.Upstreams;
import dev.cinnabar.server.gateway.upstream.Watch;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.tampering.Examiner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The gateway on a real Tomcat with virtual threads, on a free port of loopback, before fakes and a scripted upstream. */
final class House implements AutoCloseable {
    static final String PRODUCER = "001191110108MA01ABCD1X00001";
    static final String LABEL = "【AI生成】";

    /** The time of the house: real until it is set. */
    static final class Clock implements InstantSource {
        volatile Optional<Instant> fixed = Optional.empty();

        @Override
        public Instant instant() {
            return fixed.orElseGet(Instant::now);
        }
    }

    final Fakes fakes = new Fakes(library());
    final ScriptedUpstream scripted;
    final Clock clock = new Clock();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final int port;
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Tomcat tomcat = new Tomcat();
    private final Watch watch = new Watch();
    private final OpenAiUpstream endpoint;
    private final Fetch fetch;
    private final Gateway gateway;
    private final Path folder;

    House() throws IOException {
        this(rules -> rules);
    }

    House(UnaryOperator<GatewayRules> change) throws IOException {
        scripted = new ScriptedUpstream();
        URI base = URI.create("http://127.0.0.1:" + scripted.port() + "/v1");
        Timeouts timeouts = new Timeouts(
                Duration.ofSeconds(1), Duration.ofMillis(900), Duration.ofMillis(700), Duration.ofSeconds(5));
        endpoint = new OpenAiUpstream(
                new Endpoint("scripted", base, Optional.of(() -> "upstream-secret"), timeouts, 32, 4 << 20), watch);
        fetch = new Fetch(Set.of(base), 8 << 20, Duration.ofSeconds(2), watch);
        List<Upstreams.Offer> offers = new ArrayList<>();
        DemoUpstream demo = new DemoUpstream(Duration.ZERO);
        DemoUpstream.MODELS.forEach(model -> offers.add(new Upstreams.Offer(model, demo, model, 1)));
        offers.add(new Upstreams.Offer("scripted", endpoint, "their-name", 1));
        GatewayRules rules = change.apply(GatewayRules.of(Optional.of(PRODUCER), "cinnabar test", "functions-test"));
        gateway = GatewayParts.gateway(
                new GatewayParts.Around(
                        fakes,
                        new Allowance(clock, 6000),
                        fakes,
                        fakes,
                        fakes,
                        fakes,
                        fakes,
                        fakes,
                        new Upstreams(offers, new Random(7)),
                        fetch,
                        sighting -> new Examiner.Examined(Optional.empty(), false, Optional.empty()),
                        new byte[32],
                        new Ulid(clock, new SecureRandom()),
                        clock,
                        new SecureRandom(),
                        registry),
                rules);
        folder = Files.createTempDirectory("house");
        port = start();
    }

    private int start() throws IOException {
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.getProtocolHandler().setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "gateway", new GatewayServlet(gateway)).addMapping("/v1/*");
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IOException(e);
        }
        return connector.getLocalPort();
    }

    static Library library() {
        return Library.compile(
                "test-1",
                List.of(
                        feature("b1", "苹果派对", Action.BLOCK),
                        feature("b2", "moonlit-teapot", Action.BLOCK),
                        feature("h1", "quiet-lantern", Action.HOLD),
                        feature("n1", "paper-boat", Action.NOTE)));
    }

    static Feature feature(String id, String pattern, Action action) {
        return new Feature(id, 1, pattern, Risk.of("A.1.h").orElseThrow(), Severity.HIGH, action, Folds.DEFAULT);
    }

    /** An answer as its client sees it. */
    record Answer(int status, java.net.http.HttpHeaders headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.objectOf(body, 0, body.length).orElseThrow(() -> new AssertionError(text()));
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        String content() {
            return header("X-Cinnabar-Content");
        }

        String code() {
            return json().path("error").path("code").asString("");
        }

        /** The JSON of each event. */
        List<JsonNode> events() {
            List<JsonNode> all = new ArrayList<>();
            for (String event : text().split("\n\n", -1)) {
                for (String line : event.split("\n", -1)) {
                    if (line.startsWith("data: {")) {
                        byte[] bytes = line.substring(6).getBytes(StandardCharsets.UTF_8);
                        all.add(Json.objectOf(bytes, 0, bytes.length).orElseThrow());
                    }
                }
            }
            return all;
        }

        /** The text of one choice of a stream. */
        String streamed(int choice, String field) {
            StringBuilder out = new StringBuilder();
            for (JsonNode event : events()) {
                for (JsonNode each : event.path("choices")) {
                    if (each.path("index").asInt(0) == choice) {
                        out.append(each.path("delta").path(field).asString(""));
                    }
                }
            }
            return out.toString();
        }

        boolean done() {
            return text().endsWith("data: [DONE]\n\n");
        }
    }

    static ObjectNode chat(String model, String prompt) {
        ObjectNode body = Json.newObject().put("model", model).put("user", "wang");
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return body;
    }

    Answer chat(ObjectNode body) throws IOException, InterruptedException {
        return post("/v1/chat/completions", "key", body);
    }

    Answer post(String path, String key, JsonNode body) throws IOException, InterruptedException {
        return post(path, key, "application/json", Json.bytes(body));
    }

    Answer post(String path, String key, String type, byte[] body) throws IOException, InterruptedException {
        return send(request(path, key).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer get(String path, String key) throws IOException, InterruptedException {
        return send(request(path, key).GET());
    }

    HttpRequest.Builder request(String path, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    @Override
    public void close() throws IOException {
        http.close();
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IOException(e);
        } finally {
            gateway.close();
            fetch.close();
            endpoint.close();
            watch.close();
            scripted.close();
        }
    }
}
