package dev.cinnabar.label.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A dictionary of a PDF file as it is written: its keys, and the raw text of each value, so that what is not changed is copied as it stands. */
final class PdfSpans {
    /** One member; {@code key} without its slash, as it is written. */
    record Member(String key, String raw) {}

    /** The text ends within the dictionary. */
    static final class Cut extends Exception {
        private static final long serialVersionUID = 1L;

        Cut() {
            super("", null, false, false);
        }
    }

    private static final int DEEPEST = 100;
    private static final String WHITE = " \t\r\n\f\0";
    private static final String ENDS = WHITE + "()<>[]{}/%";

    private final String text;
    private final List<Member> members = new ArrayList<>();
    private int at;

    private PdfSpans(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** The dictionary that begins, behind white space, at a place of the text. */
    static PdfSpans of(String text, int from) throws Cut, Refusal {
        PdfSpans spans = new PdfSpans(text, from);
        spans.white();
        if (!text.startsWith("<<", spans.at)) {
            if (spans.at + 2 > text.length()) {
                throw new Cut();
            }
            throw Refusal.broken(from, "a dictionary of the PDF file is missing");
        }
        spans.at += 2;
        spans.read();
        return spans;
    }

    /** The dictionary that a raw value is; empty where it is something else. */
    static Optional<PdfSpans> ofRaw(Optional<String> raw) throws Refusal {
        if (raw.isEmpty() || !raw.get().startsWith("<<")) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(raw.get() + " ", 0));
        } catch (Cut e) {
            throw Refusal.broken(0, "a dictionary of the PDF file is cut short");
        }
    }

    /** Where the dictionary ends in the text. */
    int end() {
        return at;
    }

    List<Member> members() {
        return members;
    }

    /** The raw text of a value. */
    Optional<String> raw(String key) {
        return members.stream()
                .filter(member -> member.key().equals(key))
                .map(Member::raw)
                .reduce((first, second) -> second);
    }

    /** A value that is a whole number; -1 where it is none. */
    long number(String key) {
        return raw(key).filter(raw -> raw.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(-1L);
    }

    /** The number of the object that a value refers to; empty where it is no reference. */
    Optional<Long> reference(String key) {
        return raw(key).flatMap(PdfSpans::referred);
    }

    static Optional<Long> referred(String raw) {
        return raw.matches("[0-9]{1,10}[ \t\r\n\f]+[0-9]{1,5}[ \t\r\n\f]+R")
                ? Optional.of(Long.parseLong(raw.split("[ \t\r\n\f]", -1)[0]))
                : Optional.empty();
    }

    /** The raw items of an array; empty where the value is none. */
    static List<String> items(String raw) throws Refusal {
        if (!raw.startsWith("[")) {
            return List.of();
        }
        PdfSpans scan = new PdfSpans(raw + " ", 1);
        List<String> items = new ArrayList<>();
        try {
            for (scan.white(); scan.peek() != ']'; scan.white()) {
                int from = scan.at;
                scan.value(0);
                items.add(scan.text.substring(from, scan.at));
            }
        } catch (Cut e) {
            throw Refusal.broken(0, "an array of the PDF file is cut short");
        }
        return items;
    }

    private void read() throws Cut, Refusal {
        for (white(); !text.startsWith(">>", at); white()) {
            if (peek() != '/') {
                throw Refusal.broken(at, "a dictionary of the PDF file has a key that is no name");
            }
            int key = ++at;
            word();
            String name = text.substring(key, at);
            white();
            int from = at;
            value(0);
            members.add(new Member(name, text.substring(from, at)));
        }
        at += 2;
    }

    /** Moves behind a value. */
    private void value(int depth) throws Cut, Refusal {
        if (depth > DEEPEST) {
            throw Refusal.broken(at, "values of the PDF file are nested too deep");
        }
        switch (peek()) {
            case '(' -> literal();
            case '[' -> nested("]", depth);
            case '/' -> {
                at++;
                word();
            }
            case '<' -> {
                if (text.startsWith("<<", at)) {
                    at++;
                    nested(">>", depth);
                } else {
                    while (peek() != '>') {
                        at++;
                    }
                    at++;
                }
            }
            default -> plain();
        }
    }

    private void nested(String close, int depth) throws Cut, Refusal {
        at++;
        for (white(); !text.startsWith(close, at); white()) {
            value(depth + 1);
        }
        at += close.length();
    }

    /** A number, a word, or a reference, which is three of them. */
    private void plain() throws Cut, Refusal {
        int from = at;
        word();
        if (at == from) {
            throw Refusal.broken(at, "the PDF file has a bracket where a value should be");
        }
        if (!text.substring(from, at).matches("[0-9]{1,10}")) {
            return;
        }
        int afterNumber = at;
        white();
        int generation = at;
        word();
        if (text.substring(generation, at).matches("[0-9]{1,5}")) {
            white();
            if (peek() == 'R') {
                at++;
                if (ENDS.indexOf(peek()) >= 0) {
                    return;
                }
            }
        }
        at = afterNumber;
    }

    private void literal() throws Cut {
        int open = 0;
        do {
            switch (peek()) {
                case '\\' -> at++;
                case '(' -> open++;
                case ')' -> open--;
                default -> {
                    // any other character of the string
                }
            }
            at++;
        } while (open > 0);
    }

    private void word() throws Cut {
        while (ENDS.indexOf(peek()) < 0) {
            at++;
        }
    }

    private void white() throws Cut {
        while (true) {
            if (peek() == '%') {
                while (peek() != '\n' && peek() != '\r') {
                    at++;
                }
            } else if (WHITE.indexOf(peek()) < 0) {
                return;
            }
            at++;
        }
    }

    private char peek() throws Cut {
        if (at >= text.length()) {
            throw new Cut();
        }
        return text.charAt(at);
    }
}
