package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON object that an application sent; read its fields first, then ask {@link #wrong()}. No refusal repeats what was sent. For one request and one thread. */
public final class Body {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode node;
    private final List<Refused> wrongs = new ArrayList<>();

    private Body(JsonNode node) {
        this.node = node;
    }

    /** The object in these bytes. */
    static Outcome<Body> of(byte[] json) {
        try {
            JsonNode node = JSON.readTree(json);
            return node.isObject() ? Outcome.done(new Body(node)) : Outcome.not(Refusals.notJson());
        } catch (JacksonException e) {
            // The parser's message may quote what was sent, and that may be a number: it is not passed on.
            return Outcome.not(Refusals.notJson());
        }
    }

    /** Says which fields there may be; any other is wrong. */
    public Body only(Set<String> known) {
        if (!known.containsAll(node.propertyNames())) {
            wrongs.add(Refusals.unknownField(known));
        }
        return this;
    }

    /** A text; empty where there is none, wrong where it is no text. */
    public Optional<String> text(String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            wrongs.add(Refusals.notText(field));
            return Optional.empty();
        }
        return Optional.of(value.asString());
    }

    /** A text that must be there. */
    public String needed(String field) {
        Optional<String> text = text(field).filter(value -> !value.isBlank());
        if (text.isEmpty()) {
            wrongs.add(Refusals.missing(field));
        }
        return text.orElse("");
    }

    /** True or false; empty where it is not said. */
    Optional<Boolean> truth(String field) {
        JsonNode value = node.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            wrongs.add(Refusals.badWord(field, "true, false"));
        }
        return value.isBoolean() ? Optional.of(value.asBoolean()) : Optional.empty();
    }

    /** A whole number that must be there. */
    OptionalInt whole(String field) {
        JsonNode value = node.path(field);
        if (!value.isInt()) {
            wrongs.add(Refusals.badWord(field, "1, 2, 3, ..."));
            return OptionalInt.empty();
        }
        return OptionalInt.of(value.asInt());
    }

    /** An ISO 8601 time with its offset; empty where there is none. */
    Optional<Instant> moment(String field) {
        Optional<String> text = text(field);
        Optional<Instant> moment = text.flatMap(AttestationRow::moment);
        if (text.isPresent() && moment.isEmpty()) {
            wrongs.add(Refusals.badTime(field));
        }
        return moment;
    }

    /** Says that something is wrong. */
    void wrong(Refused refused) {
        wrongs.add(refused);
    }

    /** The first thing that is wrong, where anything is. */
    public Optional<Refused> wrong() {
        return wrongs.stream().findFirst();
    }
}
