package dev.cinnabar.label.write;

/** Text in XML: escaped to be written, decoded to be compared. */
final class XmpText {
    private XmpText() {}

    /** Escaped for element content and for attributes in double quotes, as the guide prints it. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 96);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("&quot;");
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** The five named entities decoded; anything else stays as it is, for this text is only looked at, never written. */
    static String decoded(String raw) {
        return raw.indexOf('&') < 0
                ? raw
                : raw.replace("&quot;", "\"")
                        .replace("&apos;", "'")
                        .replace("&#34;", "\"")
                        .replace("&#x22;", "\"")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&");
    }
}
