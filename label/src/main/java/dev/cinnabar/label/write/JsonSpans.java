package dev.cinnabar.label.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The members of one JSON object as they are written, with their places, so that one can be replaced and the rest copied. Refuses what is not JSON. */
final class JsonSpans {
    /** A member from its key's quote to its value's end; {@code from} is where the value begins. */
    record Member(String key, int start, int from, int to) {}

    /** An object that is about to be written again, without some of its members. */
    record Remaining(String text, int open, List<String> members, int close) {
        /** The whole text with one member more. */
        String with(String member) {
            List<String> all = new ArrayList<>(members);
            all.add(member);
            return text.substring(0, open + 1) + String.join(",", all) + text.substring(close);
        }
    }

    private static final int DEEPEST = 200;

    private final String text;
    private final int open;
    private final List<Member> members = new ArrayList<>();
    private int at;

    private JsonSpans(String text, int from) {
        this.text = text;
        this.open = from;
        this.at = from;
    }

    /** The object that begins, behind white space, at a place. */
    static JsonSpans of(String text, int from) throws Refusal {
        int start = from;
        while (start < text.length() && " \t\r\n".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        JsonSpans spans = new JsonSpans(text, start);
        spans.read();
        return spans;
    }

    /** The member of a key; refuses an object that has it twice. */
    Optional<Member> only(String key) throws Refusal {
        List<Member> same =
                members.stream().filter(member -> member.key().equals(key)).toList();
        if (same.size() > 1) {
            throw Refusal.broken(open, "its JSON has the key " + key + " twice");
        }
        return same.stream().findFirst();
    }

    /** The whole text with one member more in this object. */
    String with(String whole, String member) {
        String comma = members.isEmpty() ? "" : ",";
        int close = at - 1;
        int end = members.isEmpty() ? close : members.getLast().to();
        return whole.substring(0, end) + comma + member + whole.substring(end);
    }

    /** The object without a key, in whatever case. */
    Remaining without(String key) {
        List<String> rest = members.stream()
                .filter(member -> !member.key().equalsIgnoreCase(key))
                .map(member -> text.substring(member.start(), member.to()))
                .toList();
        return new Remaining(text, open, rest, at - 1);
    }

    private void read() throws Refusal {
        expect('{');
        space();
        if (peek() == '}') {
            at++;
            return;
        }
        do {
            space();
            int start = at;
            string();
            String key = text.substring(start + 1, at - 1);
            if (key.indexOf('\\') >= 0) {
                throw Refusal.broken(start, "its JSON has a key with escapes");
            }
            space();
            expect(':');
            space();
            int from = at;
            value(0);
            members.add(new Member(key, start, from, at));
            space();
        } while (comma());
        expect('}');
    }

    private boolean comma() throws Refusal {
        if (peek() == ',') {
            at++;
            return true;
        }
        return false;
    }

    private void value(int depth) throws Refusal {
        if (depth > DEEPEST) {
            throw Refusal.broken(at, "its JSON is nested too deep");
        }
        switch (peek()) {
            case '"' -> string();
            case '{', '[' -> nested(depth);
            default -> {
                int from = at;
                while (at < text.length() && "+-.0123456789aeEflnrstu".indexOf(text.charAt(at)) >= 0) {
                    at++;
                }
                if (at == from) {
                    throw Refusal.broken(at, "its JSON is damaged");
                }
            }
        }
    }

    private void nested(int depth) throws Refusal {
        char close = text.charAt(at++) == '{' ? '}' : ']';
        space();
        if (peek() == close) {
            at++;
            return;
        }
        do {
            space();
            if (close == '}') {
                string();
                space();
                expect(':');
                space();
            }
            value(depth + 1);
            space();
        } while (comma());
        expect(close);
    }

    private void string() throws Refusal {
        expect('"');
        while (peek() != '"') {
            at += peek() == '\\' ? 2 : 1;
        }
        at++;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char c) throws Refusal {
        if (peek() != c) {
            throw Refusal.broken(at, "its JSON is damaged");
        }
        at++;
    }

    private char peek() throws Refusal {
        if (at >= text.length()) {
            throw Refusal.broken(at, "its JSON ends too early");
        }
        return text.charAt(at);
    }
}
