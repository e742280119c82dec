package dev.cinnabar.label;

/** Strings in JSON, as every report of the library writes them. */
public final class JsonText {
    private JsonText() {}

    /** Appends a string with its quotes. */
    public static void quote(String value, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i), out);
        }
        out.append('"');
    }

    private static void character(char c, StringBuilder out) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x20 || c == 0x7F || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c)) {
                    out.append("\\u").append(java.util.HexFormat.of().toHexDigits(c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
