package dev.cinnabar.label.read;

import java.util.ArrayList;
import java.util.List;

/** Parses JSON strictly but for what real labels do at the edges (a byte-order mark before, NULs and space after), keeping repeated keys, bounded in depth. */
public final class LenientJson {
    private final String text;
    private final int maxDepth;
    private int at;

    private LenientJson(String text, int maxDepth) {
        this.text = text;
        this.maxDepth = maxDepth;
    }

    /** Says where and why a text is not JSON; never leaves the library. */
    public static final class NotJson extends Exception {
        private static final long serialVersionUID = 1L;

        NotJson(String why) {
            super(why, null, false, false);
        }

        public String why() {
            return String.valueOf(getMessage());
        }
    }

    /** The value; throws {@link NotJson}. */
    public static Json parse(String text, int maxDepth) throws NotJson {
        LenientJson parser = new LenientJson(text, maxDepth);
        if (parser.at < text.length() && text.charAt(0) == '\uFEFF') {
            parser.at++;
        }
        Json value = parser.value(0);
        parser.tail();
        return value;
    }

    private Json value(int depth) throws NotJson {
        if (depth > maxDepth) {
            throw new NotJson("nested deeper than " + maxDepth);
        }
        space();
        int start = at;
        char c = peek();
        if (c == '{') {
            return object(depth);
        }
        if (c == '"') {
            return new Json.Str(string());
        }
        if (c == '[') {
            return array(depth);
        }
        word();
        return new Json.Other(text.substring(start, at));
    }

    private Json object(int depth) throws NotJson {
        int start = at++;
        List<Json.Member> members = new ArrayList<>();
        space();
        if (peek() == '}') {
            at++;
            return new Json.Obj(members, text.substring(start, at));
        }
        while (true) {
            space();
            if (peek() != '"') {
                throw unexpected();
            }
            String key = string();
            space();
            if (peek() != ':') {
                throw unexpected();
            }
            at++;
            members.add(new Json.Member(key, value(depth + 1)));
            space();
            if (!comma('}')) {
                return new Json.Obj(members, text.substring(start, at));
            }
        }
    }

    private Json array(int depth) throws NotJson {
        int start = at++;
        List<Json> items = new ArrayList<>();
        space();
        if (peek() == ']') {
            at++;
            return new Json.Arr(items, text.substring(start, at));
        }
        do {
            items.add(value(depth + 1));
            space();
        } while (comma(']'));
        return new Json.Arr(items, text.substring(start, at));
    }

    /** Consumes a comma (true) or the closing bracket (false). */
    private boolean comma(char close) throws NotJson {
        char c = peek();
        if (c != ',' && c != close) {
            throw unexpected();
        }
        at++;
        return c == ',';
    }

    private void word() throws NotJson {
        int start = at;
        while (at < text.length() && "+-.0123456789aeEflnrstu".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at == start) {
            throw unexpected();
        }
        String word = text.substring(start, at);
        boolean number = word.charAt(0) == '-' || Character.isDigit(word.charAt(0));
        if (!number && !word.equals("true") && !word.equals("false") && !word.equals("null")) {
            at = start;
            throw unexpected();
        }
    }

    private String string() throws NotJson {
        int start = ++at;
        int end = start;
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\\') {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '"') {
            at = end + 1;
            return text.substring(start, end);
        }
        StringBuilder out = new StringBuilder().append(text, start, end);
        at = end;
        while (peek() != '"') {
            char c = text.charAt(at++);
            out.append(c == '\\' ? escape() : c);
        }
        at++;
        return out.toString();
    }

    private char escape() throws NotJson {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> {
                at--;
                throw unexpected();
            }
        };
    }

    private char unicode() throws NotJson {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw unexpected();
            }
            value = value << 4 | digit;
            at++;
        }
        return (char) value;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void tail() throws NotJson {
        while (at < text.length()) {
            if (text.charAt(at) > ' ') {
                throw unexpected();
            }
            at++;
        }
    }

    private char peek() throws NotJson {
        if (at >= text.length()) {
            throw new NotJson("it ends too early");
        }
        return text.charAt(at);
    }

    private NotJson unexpected() {
        return new NotJson("unexpected character at " + at);
    }
}
