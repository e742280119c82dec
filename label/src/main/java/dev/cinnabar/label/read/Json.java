package dev.cinnabar.label.read;

import java.util.List;

/** A JSON value as it was written: members stay in order and may repeat. */
public sealed interface Json {
    /** An object; a key may stand in it twice. */
    record Obj(List<Member> members, String raw) implements Json {}

    /** One member of an object. */
    record Member(String key, Json value) {}

    /** A string, decoded. */
    record Str(String value) implements Json {
        @Override
        public String raw() {
            return value;
        }
    }

    /** An array. */
    record Arr(List<Json> items, String raw) implements Json {}

    /** Anything else: a number or a word; only its text matters here. */
    record Other(String raw) implements Json {}

    /** The value as text: a string's content, anything else as it was written. */
    String raw();
}
