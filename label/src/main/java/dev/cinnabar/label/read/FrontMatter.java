package dev.cinnabar.label.read;

import dev.cinnabar.label.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The YAML block at the head of a Markdown file, as far as labels need it: top-level keys whose value is a scalar on the line, a flow or block text, or a map of scalars one
 * level deep.
 */
final class FrontMatter {
    /** The value of a top-level key. */
    sealed interface Entry permits Scalar, Mapping {}

    /** One text. */
    record Scalar(String text) implements Entry {}

    /** Keys and scalar values, in order, repeats kept. */
    record Mapping(List<Json.Member> members) implements Entry {}

    private final List<String> lines;
    private final long end;

    private FrontMatter(List<String> lines, long end) {
        this.lines = lines;
        this.end = end;
    }

    /** The byte behind the closing line; the start where there is no front matter. */
    long end() {
        return end;
    }

    /** Reads the block that begins at {@code start}; an opening line without a closing one is no front matter. */
    static FrontMatter read(Window file, long start, Limits limits) throws IOException, Damage {
        FrontMatter none = new FrontMatter(List.of(), start);
        if (!file.has(start, "---")) {
            return none;
        }
        List<String> lines = new ArrayList<>();
        long most = start + limits.textBytes();
        for (long at = start; at < file.size(); ) {
            if (at > most) {
                throw Damage.limit("the front matter has more than " + limits.textBytes() + " bytes");
            }
            long next = lineEnd(file, at, most);
            String line = trimmed(new String(file.copy(at, (int) (next - at)), StandardCharsets.UTF_8));
            boolean first = at == start;
            at = next;
            if (first && !line.equals("---")) {
                return none;
            }
            if (!first && (line.equals("---") || line.equals("..."))) {
                return new FrontMatter(lines, at);
            }
            if (!first) {
                lines.add(line);
            }
        }
        return none;
    }

    /** Without the blanks of YAML at the end; other white space belongs to the line. */
    private static String trimmed(String line) {
        for (int end = line.length(); ; end--) {
            char last = end == 0 ? 'x' : line.charAt(end - 1);
            if (last != ' ' && last != '\t' && last != '\r' && last != '\n') {
                return line.substring(0, end);
            }
        }
    }

    private static long lineEnd(Window file, long at, long most) throws IOException, Damage {
        long end = at;
        while (end < file.size() && end <= most) {
            if (file.u8(end++) == '\n') {
                break;
            }
        }
        return end;
    }

    /** Every top-level entry whose key is {@code name} in any case; a key that stands twice gives two. */
    List<Entry> entries(String name) {
        List<Entry> entries = new ArrayList<>(1);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int colon = keyEnd(line);
            if (colon > 0 && unquoted(line.substring(0, colon)).raw().equalsIgnoreCase(name)) {
                entries.add(entry(line.substring(colon + 1).strip(), block(i + 1)));
            }
        }
        return entries;
    }

    /** The lines that belong to the entry above: indented or empty ones. */
    private List<String> block(int from) {
        int to = from;
        while (to < lines.size()
                && (lines.get(to).isEmpty()
                        || Character.isWhitespace(lines.get(to).charAt(0)))) {
            to++;
        }
        return lines.subList(from, to);
    }

    private static Entry entry(String value, List<String> block) {
        if (value.startsWith("|") || value.startsWith(">")) {
            return new Scalar(String.join("\n", block).strip());
        }
        if (value.startsWith("{")) {
            return new Scalar(value + "\n" + String.join("\n", block));
        }
        if (!value.isEmpty() && value.charAt(0) != '#') {
            return new Scalar(unquoted(value).raw());
        }
        List<Json.Member> members = new ArrayList<>(8);
        for (String line : block) {
            String content = line.strip();
            int colon = keyEnd(content);
            if (colon > 0 && content.charAt(0) != '#') {
                members.add(new Json.Member(
                        unquoted(content.substring(0, colon)).raw(), unquoted(content.substring(colon + 1))));
            }
        }
        return new Mapping(members);
    }

    /** The colon behind a key: followed by space or the line's end, outside quotes. */
    private static int keyEnd(String line) {
        if (line.isEmpty() || Character.isWhitespace(line.charAt(0))) {
            return -1;
        }
        char quote = line.charAt(0);
        int from = quote == '"' || quote == '\'' ? line.indexOf(quote, 1) : 0;
        for (int i = Math.max(0, from); from >= 0 && i < line.length(); i++) {
            if (line.charAt(i) == ':' && (i + 1 == line.length() || line.charAt(i + 1) == ' ')) {
                return i;
            }
        }
        return -1;
    }

    private static Json unquoted(String raw) {
        String text = raw.strip();
        if (text.startsWith("\"")) {
            return doubleQuoted(text);
        }
        if (text.startsWith("'")) {
            return singleQuoted(text);
        }
        int comment = text.indexOf(" #");
        String plain = comment < 0 ? text : text.substring(0, comment).strip();
        return isString(plain) ? new Json.Str(plain) : new Json.Other(plain);
    }

    private static Json doubleQuoted(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 1; i < text.length() && text.charAt(i) != '"'; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                c = text.charAt(++i);
                // only the escape of a quote is legal in a label; any other is kept as it stands, for the character
                // check to name
                if (c != '"' && c != '\\' && c != '/') {
                    out.append('\\');
                }
            }
            out.append(c);
        }
        return new Json.Str(out.toString());
    }

    private static Json singleQuoted(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '\'') {
                if (i + 1 == text.length() || text.charAt(i + 1) != '\'') {
                    break;
                }
                i++;
            }
            out.append(text.charAt(i));
        }
        return new Json.Str(out.toString());
    }

    /** YAML takes bare numbers, booleans and null for what they look like. */
    private static boolean isString(String plain) {
        if (plain.isEmpty()) {
            return true;
        }
        boolean digits = plain.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+');
        return !digits
                && !plain.equals("true")
                && !plain.equals("false")
                && !plain.equals("null")
                && !plain.equals("~");
    }
}
