package dev.cinnabar.server.gateway.surface;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The probability of one token, and of others that could have stood there: every word in it is text of the model, and goes nowhere unreviewed. */
public final class Logprob {
    private static final int MOST = 20;

    private final ObjectNode shown;
    private final byte[] bytes;
    private final List<String> words;

    private Logprob(ObjectNode shown, byte[] bytes, List<String> words) {
        this.shown = shown;
        this.bytes = bytes;
        this.words = words;
    }

    /** Reads a list; empty where there is none, or it is not of the known form (then it is left out of the answer). */
    static List<Logprob> list(Optional<JsonNode> node) {
        List<Logprob> all = new ArrayList<>();
        if (node.isPresent() && node.get().get("content") instanceof ArrayNode content) {
            for (JsonNode each : content) {
                Optional<Logprob> one = of(each);
                if (one.isEmpty()) {
                    return List.of();
                }
                all.add(one.get());
            }
        }
        return all;
    }

    private static Optional<Logprob> of(JsonNode node) {
        ObjectNode shown = Json.newObject();
        Optional<byte[]> bytes = token(node, shown);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        ArrayNode top = shown.putArray("top_logprobs");
        if (node.get("top_logprobs") instanceof ArrayNode others && others.size() <= MOST) {
            for (JsonNode other : others) {
                ObjectNode kept = Json.newObject();
                if (token(other, kept).isEmpty()) {
                    return Optional.empty();
                }
                words.add(kept.get("token").stringValue());
                top.add(kept);
            }
        }
        return Optional.of(new Logprob(shown, bytes.get(), words));
    }

    /** Copies token, logprob and bytes; the bytes must be the token's, or at least decode to it. */
    private static Optional<byte[]> token(JsonNode node, ObjectNode into) {
        JsonNode token = node.get("token");
        JsonNode logprob = node.get("logprob");
        if (token == null || !token.isString() || logprob == null || !logprob.isNumber()) {
            return Optional.empty();
        }
        into.put("token", token.stringValue());
        into.set("logprob", logprob);
        byte[] bytes = token.stringValue().getBytes(StandardCharsets.UTF_8);
        if (node.get("bytes") instanceof ArrayNode given) {
            byte[] raw = new byte[given.size()];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = (byte) given.get(i).asInt(0);
            }
            if (!new String(raw, StandardCharsets.UTF_8).equals(token.stringValue())) {
                return Optional.empty();
            }
            bytes = raw;
        }
        ArrayNode shown = into.putArray("bytes");
        for (byte each : bytes) {
            shown.add(each & 0xff);
        }
        return Optional.of(bytes);
    }

    /** The JSON to show. */
    ObjectNode shown() {
        return shown;
    }

    /** The bytes of the token in the text. */
    byte[] bytes() {
        return bytes.clone();
    }

    /** The words that could have stood there, each to be reviewed by itself. */
    public List<String> words() {
        return words;
    }
}
