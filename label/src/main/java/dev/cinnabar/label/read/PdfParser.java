package dev.cinnabar.label.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses values of a PDF file out of a stretch of its bytes. */
final class PdfParser {
    /** The stretch ends within a value: a longer one may serve. */
    static final class TooShort extends Exception {
        private static final long serialVersionUID = 1L;

        TooShort() {
            super("", null, false, false);
        }
    }

    private static final String DELIMITERS = "()<>[]{}/%";

    private final String text;
    private final long offset;
    private final int maxDepth;
    private int at;

    /** {@code text} has a character a byte; {@code offset} is where it begins in the file, for messages. */
    PdfParser(String text, long offset, int maxDepth) {
        this.text = text;
        this.offset = offset;
        this.maxDepth = maxDepth;
    }

    /** Where the next value begins, or the last ended. */
    int at() {
        return at;
    }

    PdfParser from(int position) {
        at = position;
        return this;
    }

    /** The next value. */
    PdfValue value() throws Damage, TooShort {
        return value(0);
    }

    private PdfValue value(int depth) throws Damage, TooShort {
        if (depth > maxDepth) {
            throw Damage.limit("values nested deeper than " + maxDepth);
        }
        space();
        char c = peek();
        return switch (c) {
            case '/' -> new PdfValue.Name(name());
            case '(' -> literal();
            case '[' -> array(depth);
            case '<' -> {
                if (peek(1) == '<') {
                    yield dict(depth);
                }
                yield hex();
            }
            case ')', ']', '>', '{', '}' -> throw broken("an unexpected " + c);
            default -> word();
        };
    }

    private PdfValue dict(int depth) throws Damage, TooShort {
        at += 2;
        Map<String, PdfValue> members = new LinkedHashMap<>();
        while (true) {
            space();
            if (peek() == '>') {
                if (peek(1) != '>') {
                    throw broken("a dictionary that ends in one bracket");
                }
                at += 2;
                return new PdfValue.Dict(members);
            }
            if (peek() != '/') {
                throw broken("a dictionary with a key that is no name");
            }
            String key = name();
            members.put(key, value(depth + 1));
        }
    }

    private PdfValue array(int depth) throws Damage, TooShort {
        at++;
        List<PdfValue> items = new ArrayList<>();
        while (true) {
            space();
            if (peek() == ']') {
                at++;
                return new PdfValue.Arr(items);
            }
            items.add(value(depth + 1));
        }
    }

    private String name() throws TooShort {
        at++;
        String raw = token();
        StringBuilder out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            int code = raw.charAt(i) == '#' && i + 2 < raw.length()
                    ? Character.digit(raw.charAt(i + 1), 16) << 4 | Character.digit(raw.charAt(i + 2), 16)
                    : -1;
            out.append(code < 0 ? raw.charAt(i) : (char) code);
            i += code < 0 ? 0 : 2;
        }
        return out.toString();
    }

    private String token() throws TooShort {
        int start = at;
        while (!isSpace(peek()) && DELIMITERS.indexOf(peek()) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** A number, a reference or a word. */
    private PdfValue word() throws TooShort {
        String word = token();
        if (!word.matches("[+-]?[0-9]{0,18}(\\.[0-9]*)?") || word.isEmpty()) {
            return new PdfValue.Word(word);
        }
        String whole = word.replaceFirst("\\..*", "");
        long value = whole.matches("[+-]?[0-9]+") ? Long.parseLong(whole) : 0;
        int after = at;
        if (word.matches("[0-9]{1,10}") && isReference()) {
            return new PdfValue.Ref(value);
        }
        at = after;
        return new PdfValue.Num(value);
    }

    /** Whether a generation and an R follow; moves behind them. */
    private boolean isReference() throws TooShort {
        int i = at;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        int digits = i;
        while (i < text.length() && Character.isDigit(text.charAt(i)) && i - digits < 6) {
            i++;
        }
        int gap = i;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        if (i + 1 >= text.length()) {
            throw new TooShort();
        }
        boolean ends = isSpace(text.charAt(i + 1)) || DELIMITERS.indexOf(text.charAt(i + 1)) >= 0;
        if (gap > digits && i > gap && text.charAt(i) == 'R' && ends) {
            at = i + 1;
            return true;
        }
        return false;
    }

    private PdfValue hex() throws Damage, TooShort {
        at++;
        StringBuilder out = new StringBuilder();
        int high = -1;
        for (char c = peek(); c != '>'; c = peek()) {
            int digit = Character.digit(c, 16);
            if (digit < 0 && !isSpace(c)) {
                throw broken("a hexadecimal string with " + (int) c);
            }
            if (digit >= 0) {
                if (high < 0) {
                    high = digit;
                } else {
                    out.append((char) (high << 4 | digit));
                    high = -1;
                }
            }
            at++;
        }
        at++;
        if (high >= 0) {
            out.append((char) (high << 4));
        }
        return new PdfValue.Str(out.toString());
    }

    private PdfValue literal() throws TooShort {
        at++;
        StringBuilder out = new StringBuilder();
        for (int open = 1; true; ) {
            char c = peek();
            at++;
            switch (c) {
                case '\\' -> escape(out);
                case '\r' -> {
                    at += peek() == '\n' ? 1 : 0;
                    out.append('\n');
                }
                case '(' -> {
                    open++;
                    out.append(c);
                }
                case ')' -> {
                    if (--open == 0) {
                        return new PdfValue.Str(out.toString());
                    }
                    out.append(c);
                }
                default -> out.append(c);
            }
        }
    }

    private void escape(StringBuilder out) throws TooShort {
        char c = peek();
        at++;
        switch (c) {
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case '\n' -> {
                // a line that goes on
            }
            case '\r' -> at += peek() == '\n' ? 1 : 0;
            default -> {
                if (c >= '0' && c <= '7') {
                    int value = c - '0';
                    for (int i = 0; i < 2 && peek() >= '0' && peek() <= '7'; i++) {
                        value = value << 3 | (peek() - '0');
                        at++;
                    }
                    out.append((char) (value & 0xFF));
                } else {
                    out.append(c);
                }
            }
        }
    }

    private void space() throws TooShort {
        while (true) {
            char c = peek();
            if (c == '%') {
                while (peek() != '\n' && peek() != '\r') {
                    at++;
                }
            } else if (!isSpace(c)) {
                return;
            }
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
    }

    private char peek() throws TooShort {
        return peek(0);
    }

    private char peek(int ahead) throws TooShort {
        if (at + ahead >= text.length()) {
            throw new TooShort();
        }
        return text.charAt(at + ahead);
    }

    private Damage broken(String what) {
        return Damage.at(offset + at, what);
    }
}
