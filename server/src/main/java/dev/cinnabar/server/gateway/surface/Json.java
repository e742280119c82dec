package dev.cinnabar.server.gateway.surface;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON that strangers wrote: strict, without doubled keys, bounded in depth and tokens. */
public final class Json {
    private static final int DEPTH = 64;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(64)
                            .maxNameLength(1024)
                            .maxStringLength(160 << 20)
                            .maxTokenCount(400_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** What reading gave. */
    public sealed interface Read {}

    public record Good(ObjectNode object) implements Read {}

    /** Not one JSON object.
     *
     * @param line where reading stopped, from 1; 0 where unknown
     * @param column where in the line, from 1; 0 where unknown
     */
    public record Bad(int line, int column) implements Read {}

    /** Reads one object. */
    public static Read object(byte[] bytes, int from, int length) {
        try {
            JsonNode node = MAPPER.readTree(bytes, from, length);
            return node instanceof ObjectNode object ? new Good(object) : new Bad(1, 1);
        } catch (JacksonException e) {
            return e.getLocation() == null
                    ? new Bad(0, 0)
                    : new Bad(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        }
    }

    /** Reads one object, or empty where it is none. */
    public static Optional<ObjectNode> objectOf(byte[] bytes, int from, int length) {
        return switch (object(bytes, from, length)) {
            case Good good -> Optional.of(good.object());
            case Bad bad -> Optional.empty();
        };
    }

    /** A new, empty object. */
    public static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    /** Compact UTF-8. */
    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }
}
