package dev.cinnabar.server.tampering;

import dev.cinnabar.label.AigcLabel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a file was labelled when it was released: kept with its content, encrypted and erasable like it, so that what comes back can be compared.
 *
 * @param label the label written
 * @param media the digest of the media, hex; empty where the format has none
 * @param part the part of the content that holds the file; empty where the file was not kept
 */
public record Mark(Written label, Optional<String> media, Optional<String> part) {
    /** The part of a content under which its marks are kept. */
    public static final String PART = "marks";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The producer's side of a label: what no later propagator may change. */
    public record Written(String level, String producer, String number, String reserved) {
        /** Of a label. */
        public static Written of(AigcLabel label) {
            return new Written(label.level().code(), label.contentProducer(), label.produceId(), label.reservedCode1());
        }
    }

    /** The mark of a file that is kept in this part. */
    public Mark in(String kept) {
        return new Mark(label, media, Optional.of(kept));
    }

    /** Renders the marks of a content. */
    public static byte[] json(List<Mark> marks) {
        ArrayNode all = JSON.createArrayNode();
        for (Mark mark : marks) {
            ObjectNode one = all.addObject();
            one.put("Label", mark.label().level())
                    .put("ContentProducer", mark.label().producer())
                    .put("ProduceID", mark.label().number())
                    .put("ReservedCode1", mark.label().reserved());
            mark.media().ifPresent(media -> one.put("media", media));
            mark.part().ifPresent(part -> one.put("part", part));
        }
        return JSON.writeValueAsBytes(all);
    }

    /** Reads the marks of a content again; what is no mark is left out. */
    static List<Mark> parse(byte[] bytes) {
        List<Mark> marks = new ArrayList<>();
        try {
            for (JsonNode one : JSON.readTree(new String(bytes, StandardCharsets.UTF_8))) {
                Written label = new Written(
                        text(one, "Label").orElse(""),
                        text(one, "ContentProducer").orElse(""),
                        text(one, "ProduceID").orElse(""),
                        text(one, "ReservedCode1").orElse(""));
                marks.add(new Mark(label, text(one, "media"), text(one, "part")));
            }
        } catch (JacksonException e) {
            return List.of();
        }
        return marks;
    }

    private static Optional<String> text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }
}
