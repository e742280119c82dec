package dev.cinnabar.cli;

import java.util.HexFormat;

/** One JSON object, written member by member. The short commands carry no JSON library: it would cost more than they do. */
final class Json {
    private final StringBuilder out = new StringBuilder("{");

    Json with(String key, String value) {
        key(key);
        string(value);
        return this;
    }

    Json with(String key, long value) {
        key(key);
        out.append(value);
        return this;
    }

    Json with(String key, boolean value) {
        key(key);
        out.append(value);
        return this;
    }

    Json with(String key, Json value) {
        key(key);
        out.append(value);
        return this;
    }

    Json with(String key, Iterable<Json> values) {
        key(key);
        out.append('[');
        String comma = "";
        for (Json value : values) {
            out.append(comma).append(value);
            comma = ",";
        }
        out.append(']');
        return this;
    }

    private void key(String key) {
        if (out.length() > 1) {
            out.append(',');
        }
        string(key);
        out.append(':');
    }

    private void string(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || (Character.isSurrogate(c) && !paired(value, i))) {
                out.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** A lone surrogate has no UTF-8 form; escaped it survives. */
    private static boolean paired(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }

    @Override
    public String toString() {
        return out + "}";
    }
}
