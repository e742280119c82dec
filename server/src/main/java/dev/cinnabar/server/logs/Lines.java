package dev.cinnabar.server.logs;

import dev.cinnabar.ledger.Entry;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the followers must know of an entry.
 *
 * @param kind {@code whole}, {@code opened}, {@code closed}, {@code refused} ...; empty where the entry is none of ours
 * @param content the content it speaks of
 * @param opened the entry that this one closes
 * @param id the id of a governance event
 */
record Lines(String kind, Optional<String> content, OptionalLong opened, Optional<String> id) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static Lines of(Entry entry) {
        try {
            JsonNode node = JSON.readTree(entry.content());
            JsonNode opened = node.path("opened");
            return new Lines(
                    text(node, "kind").orElse(""),
                    text(node, "content"),
                    opened.isIntegralNumber() ? OptionalLong.of(opened.asLong()) : OptionalLong.empty(),
                    text(node, "id"));
        } catch (JacksonException e) {
            return new Lines("", Optional.empty(), OptionalLong.empty(), Optional.empty());
        }
    }

    private static Optional<String> text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }
}
