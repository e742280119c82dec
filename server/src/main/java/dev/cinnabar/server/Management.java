package dev.cinnabar.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cinnabar.server.law.NotStarted;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The small server of the management port: {@code /actuator/health} (with {@code /liveness} and {@code /readiness}) and {@code /actuator/prometheus}. */
final class Management implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;

    private Management(HttpServer server) {
        this.server = server;
    }

    static Management start(Settings.Management settings, List<Health> parts, Supplier<String> figures)
            throws NotStarted {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 64);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> answer(exchange, 404, "text/plain", "not found\n"));
            server.createContext("/actuator/health", exchange -> health(exchange, parts));
            server.createContext(
                    "/actuator/prometheus",
                    exchange -> answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", figures.get()));
            server.start();
            return new Management(server);
        } catch (BindException e) {
            throw new NotStarted(
                    "the port " + settings.port() + " for health and figures cannot be taken on " + settings.host()
                            + ": " + e.getMessage(),
                    "stop who uses it, or set management.port to another",
                    e);
        } catch (IOException e) {
            throw new NotStarted(
                    "cannot serve health and figures: " + e, "check management.host and management.port", e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void health(HttpExchange exchange, List<Health> parts) throws IOException {
        String path = exchange.getRequestURI().getPath();
        ObjectNode answer = JSON.createObjectNode().put("status", "UP");
        boolean up = true;
        switch (path) {
            case "/actuator/health/liveness" -> {
                // Being able to answer is all there is to it.
            }
            case "/actuator/health", "/actuator/health/readiness" -> {
                ObjectNode components = answer.putObject("components");
                for (Health part : parts) {
                    boolean well = part.well();
                    up &= well;
                    ObjectNode one = components.putObject(part.name()).put("status", well ? "UP" : "DOWN");
                    if (!well) {
                        one.put("meaning", part.otherwise());
                    }
                }
                answer.put("status", up ? "UP" : "DOWN");
            }
            default -> {
                answer(exchange, 404, "text/plain", "not found\n");
                return;
            }
        }
        answer(exchange, up ? 200 : 503, "application/json", JSON.writeValueAsString(answer));
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
