package dev.cinnabar.server.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the metrics say of the gateway: requests by surface and outcome, time in each room, tokens by application. */
final class Figures {
    private final MeterRegistry registry;
    private final Map<Room, Timer> rooms = new EnumMap<>(Room.class);
    private final Map<String, Counter> requests = new ConcurrentHashMap<>();
    private final Map<String, Counter> tokens = new ConcurrentHashMap<>();
    private final AtomicInteger streams = new AtomicInteger();

    Figures(MeterRegistry registry) {
        this.registry = registry;
        for (Room room : Room.values()) {
            rooms.put(
                    room,
                    Timer.builder("cinnabar.gateway.room")
                            .description("Time that requests spend in a room of the Journey")
                            .tag("room", room.word())
                            .publishPercentileHistogram(false)
                            .minimumExpectedValue(Duration.ofNanos(1000))
                            .register(registry));
        }
        registry.gauge("cinnabar.gateway.streams", streams);
    }

    /** Says that a request is over. */
    void over(Dossier dossier, String outcome) {
        requests.computeIfAbsent(
                        dossier.surface + ' ' + outcome,
                        k -> Counter.builder("cinnabar.gateway.requests")
                                .description("Requests by surface and outcome")
                                .tag("surface", dossier.surface)
                                .tag("outcome", outcome)
                                .register(registry))
                .increment();
        List<Dossier.Stay> stays = dossier.stays();
        for (int i = 0; i < stays.size(); i++) {
            long end = i + 1 < stays.size() ? stays.get(i + 1).nanos() : System.nanoTime();
            Timer timer = rooms.get(stays.get(i).room());
            if (timer != null) {
                timer.record(end - stays.get(i).nanos(), TimeUnit.NANOSECONDS);
            }
        }
        if (!outcome.equals("client_left")) {
            usage(dossier);
        }
    }

    /** Counts the tokens; where a client left, once its stream was drained. */
    void usage(Dossier dossier) {
        dossier.usage.ifPresent(usage -> usage(dossier, usage));
    }

    private void usage(Dossier dossier, ObjectNode usage) {
        String app = dossier.caller.map(caller -> caller.appId()).orElse("");
        for (String kind : List.of("prompt_tokens", "completion_tokens")) {
            JsonNode count = usage.get(kind);
            if (count != null && count.isIntegralNumber()) {
                tokens.computeIfAbsent(
                                app + ' ' + kind,
                                k -> Counter.builder("cinnabar.gateway.tokens")
                                        .description("Tokens that upstreams counted")
                                        .tag("app", app)
                                        .tag("kind", kind)
                                        .register(registry))
                        .increment((double) count.longValue());
            }
        }
    }

    void streamBegins() {
        streams.incrementAndGet();
    }

    void streamEnds() {
        streams.decrementAndGet();
    }
}
