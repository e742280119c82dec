package dev.cinnabar.server.oversight;

import dev.cinnabar.ledger.Entry;
import dev.cinnabar.server.web.Tone;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One entry in a list.
 *
 * @param kind the entry's own word for what it is, as {@code released} or {@code staff.created}
 * @param about the few words of it that tell it from the others
 */
public record Line(long index, Instant at, String kind, Tone tone, String about) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static Line of(Entry entry) {
        try {
            JsonNode json = JSON.readTree(entry.content());
            String kind = json.path("kind").asString("?");
            return new Line(entry.index(), entry.instant(), kind, tone(kind), about(json));
        } catch (JacksonException e) {
            return new Line(entry.index(), entry.instant(), "?", Tone.BAD, entry.content().length + " B");
        }
    }

    private static Tone tone(String kind) {
        return switch (kind) {
            case "released" -> Tone.GOOD;
            case "refused", "counted" -> Tone.CARE;
            case "opened", "closed" -> Tone.INFO;
            default -> Tone.PLAIN;
        };
    }

    private static String about(JsonNode json) {
        return Stream.of(
                        List.of("outcome"),
                        List.of("refused", "code"),
                        List.of("reason"),
                        List.of("surface"),
                        List.of("content"),
                        List.of("subject"),
                        List.of("actor"))
                .map(path -> at(json, path))
                .filter(word -> !word.isEmpty())
                .distinct()
                .limit(4)
                .collect(Collectors.joining(" · "));
    }

    private static String at(JsonNode json, List<String> path) {
        JsonNode node = json;
        for (String step : path) {
            node = node.path(step);
        }
        return node.asString("");
    }
}
