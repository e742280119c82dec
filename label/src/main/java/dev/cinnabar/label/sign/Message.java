package dev.cinnabar.label.sign;

import dev.cinnabar.label.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What is signed of a label: chosen keys with their values as the label's JSON has them, without braces (TC260-PG-202511A A.1). */
final class Message {
    /** The guide's message for the producer. */
    static final List<Field> PRODUCER = List.of(Field.LABEL, Field.CONTENT_PRODUCER, Field.PRODUCE_ID);

    /** The same for the propagator, by analogy. */
    static final List<Field> PROPAGATOR = List.of(Field.LABEL, Field.CONTENT_PROPAGATOR, Field.PROPAGATE_ID);

    /** What a propagator signs here: both sides, so that neither can be exchanged. No source says what others sign, so the label itself names these keys. */
    static final List<Field> BOTH = List.of(
            Field.LABEL, Field.CONTENT_PRODUCER, Field.PRODUCE_ID, Field.CONTENT_PROPAGATOR, Field.PROPAGATE_ID);

    private Message() {}

    static byte[] of(List<Field> fields, Map<Field, String> values) {
        StringBuilder out = new StringBuilder();
        for (Field field : fields) {
            out.append(out.isEmpty() ? "" : ",").append('"').append(field.key()).append("\":\"");
            String value = values.getOrDefault(field, "");
            out.append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
