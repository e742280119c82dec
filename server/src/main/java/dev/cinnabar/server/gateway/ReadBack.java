package dev.cinnabar.server.gateway;

import dev.cinnabar.server.gateway.surface.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads answers of text as a client would, from their bytes, and says whether the labels are there: shares nothing with what wrote them. */
final class ReadBack {
    private static final List<String> READ = List.of("content", "reasoning_content", "refusal");

    private final Optional<String> explicit;
    private final ObjectNode aigc;
    private final Set<String> seen = new HashSet<>();
    private boolean first = true;

    /**
     * @param explicit the words that every text must start with; empty where the application shows the label itself
     * @param aigc the implicit label, JSON
     */
    ReadBack(Optional<String> explicit, String aigc) {
        this.explicit = explicit;
        byte[] bytes = aigc.getBytes(StandardCharsets.UTF_8);
        this.aigc = Json.objectOf(bytes, 0, bytes.length).orElseThrow();
    }

    /** Whether a whole completion carries its labels. */
    boolean whole(byte[] body) {
        Optional<ObjectNode> answer = Json.objectOf(body, 0, body.length);
        if (answer.isEmpty() || !aigc.equals(answer.get().get("aigc"))) {
            return false;
        }
        for (JsonNode choice : answer.get().get("choices")) {
            JsonNode message = choice.get("message");
            for (String field : READ) {
                if (message.hasNonNull(field) && !starts(message.get(field).asString(""))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether the next events of a stream carry what they must: the implicit label in the first, the explicit one at the start of every text. */
    boolean events(byte[] bytes, int length) {
        String all = new String(bytes, 0, length, StandardCharsets.UTF_8);
        for (String event : all.split("\n\n", -1)) {
            if (event.startsWith("data: {") && !event(event.substring(6))) {
                return false;
            }
        }
        return true;
    }

    private boolean event(String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        Optional<ObjectNode> chunk = Json.objectOf(bytes, 0, bytes.length);
        if (chunk.isEmpty() || (first && !aigc.equals(chunk.get().get("aigc")))) {
            return false;
        }
        first = false;
        for (JsonNode choice : chunk.get().get("choices")) {
            for (String field : READ) {
                String text = choice.get("delta").path(field).asString("");
                if (!text.isEmpty() && seen.add(choice.get("index") + field) && !starts(text)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean starts(String text) {
        return text.isEmpty() || explicit.isEmpty() || text.startsWith(explicit.get());
    }
}
