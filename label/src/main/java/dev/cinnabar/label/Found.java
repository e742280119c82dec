package dev.cinnabar.label;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * An implicit label as it was found, right or wrong.
 *
 * @param place where it sits, e.g. {@code png:iTXt/xmp}
 * @param form whether the object stood alone or inside {@code {"AIGC":...}}
 * @param normative whether the guides name this place for the format
 * @param values the keys that were there, with their values as strings
 */
public record Found(String place, Form form, boolean normative, Map<Field, String> values) {
    /** The two forms of the value (Annex E b) and the guides). */
    public enum Form {
        BARE("bare"),
        WRAPPED("wrapped");

        private final String word;

        Form(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public Found {
        EnumMap<Field, String> copy = new EnumMap<>(Field.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    /** The value of a key, where the key was there. */
    public Optional<String> value(Field field) {
        return Optional.ofNullable(values.get(field));
    }

    /** The label as a checked value, missing keys taken as empty; empty where the level or a value breaks Annex E. */
    public Optional<AigcLabel> label() {
        Optional<Level> level = value(Field.LABEL).flatMap(Level::ofCode);
        if (level.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AigcLabel(
                    level.get(),
                    or(Field.CONTENT_PRODUCER),
                    or(Field.PRODUCE_ID),
                    or(Field.RESERVED_CODE_1),
                    or(Field.CONTENT_PROPAGATOR),
                    or(Field.PROPAGATE_ID),
                    or(Field.RESERVED_CODE_2)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String or(Field field) {
        return values.getOrDefault(field, "");
    }
}
