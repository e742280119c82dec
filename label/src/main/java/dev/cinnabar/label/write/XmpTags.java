package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.util.ArrayList;
import java.util.List;

/** The tags of an XMP packet with their offsets, so that a packet can be changed in place. Refuses what is not well-formed enough to be changed safely. */
final class XmpTags {
    /** Whether a tag opens, closes, or does both. */
    enum Kind {
        OPEN,
        CLOSE,
        EMPTY
    }

    /**
     * One attribute; {@code from} is where the white space before it begins.
     */
    record Attribute(String name, int from, int valueFrom, int valueTo, int to) {}

    /** A tag from its bracket to its bracket, with the namespaces in force inside it. */
    record Tag(Kind kind, String name, int from, int to, int depth, List<Attribute> attributes, Names names) {}

    /** Prefixes in force at a tag, innermost first. */
    record Names(List<String[]> own, int depth, java.util.Optional<Names> outer) {
        /** The namespace of a qualified name; empty without one. */
        String uri(String qualified) {
            int colon = qualified.indexOf(':');
            String prefix = colon < 0 ? "" : qualified.substring(0, colon);
            for (String[] pair : own) {
                if (pair[0].equals(prefix)) {
                    return pair[1];
                }
            }
            return outer.map(names -> names.uri(qualified)).orElse("");
        }
    }

    private static final int DEEPEST = 256;

    private final String xml;
    private final List<Tag> tags = new ArrayList<>();
    private Names names = new Names(List.of(), 0, java.util.Optional.empty());
    private int at;
    private int depth;

    private XmpTags(String xml) {
        this.xml = xml;
    }

    static List<Tag> of(String xml) throws Refusal {
        XmpTags scan = new XmpTags(xml);
        scan.run();
        return scan.tags;
    }

    private void run() throws Refusal {
        for (at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
            if (xml.startsWith("<!--", at)) {
                skip("-->");
            } else if (xml.startsWith("<![CDATA[", at)) {
                skip("]]>");
            } else if (xml.startsWith("<?", at)) {
                skip("?>");
            } else if (xml.startsWith("<!", at)) {
                throw broken("has a document type");
            } else if (xml.startsWith("</", at)) {
                close();
            } else {
                open();
            }
        }
        if (depth != 0) {
            throw broken("does not close an element");
        }
    }

    private void skip(String end) throws Refusal {
        int i = xml.indexOf(end, at);
        if (i < 0) {
            throw broken("ends within markup");
        }
        at = i + end.length();
    }

    private void close() throws Refusal {
        int from = at;
        skip(">");
        if (depth == 0) {
            throw broken("closes an element that was not open");
        }
        String name = xml.substring(from + 2, at - 1).strip();
        tags.add(new Tag(Kind.CLOSE, name, from, at, depth, List.of(), names));
        leave();
    }

    private void leave() {
        if (names.depth() == depth) {
            names = names.outer().orElse(names);
        }
        depth--;
    }

    private void open() throws Refusal {
        int from = at++;
        String name = name();
        if (++depth > DEEPEST) {
            throw broken("is nested deeper than " + DEEPEST);
        }
        List<Attribute> attributes = new ArrayList<>(4);
        List<String[]> own = new ArrayList<>(2);
        while (attribute(attributes, own)) {
            // each call takes one
        }
        if (!own.isEmpty()) {
            names = new Names(own, depth, java.util.Optional.of(names));
        }
        boolean empty = xml.startsWith("/>", at);
        if (!empty && !xml.startsWith(">", at)) {
            throw broken("has a malformed tag");
        }
        at += empty ? 2 : 1;
        tags.add(new Tag(empty ? Kind.EMPTY : Kind.OPEN, name, from, at, depth, attributes, names));
        if (empty) {
            leave();
        }
    }

    private boolean attribute(List<Attribute> attributes, List<String[]> own) throws Refusal {
        int from = at;
        space();
        if (at >= xml.length() || xml.charAt(at) == '>' || xml.charAt(at) == '/') {
            return false;
        }
        String name = name();
        space();
        char sign = at < xml.length() ? xml.charAt(at++) : ' ';
        space();
        char quote = at < xml.length() ? xml.charAt(at++) : ' ';
        int end = xml.indexOf(quote, at);
        if (sign != '=' || (quote != '"' && quote != '\'') || end < 0) {
            throw broken("has a malformed attribute");
        }
        if (name.startsWith("xmlns:")) {
            own.add(new String[] {name.substring(6), XmpText.decoded(xml.substring(at, end))});
        }
        attributes.add(new Attribute(name, from, at, end, end + 1));
        at = end + 1;
        return true;
    }

    private String name() throws Refusal {
        int from = at;
        while (at < xml.length() && " \t\r\n=/><\"'".indexOf(xml.charAt(at)) < 0) {
            at++;
        }
        if (at == from) {
            throw broken("has a tag without a name");
        }
        return xml.substring(from, at);
    }

    private void space() {
        while (at < xml.length() && " \t\r\n".indexOf(xml.charAt(at)) >= 0) {
            at++;
        }
    }

    static Refusal broken(String what) {
        return new Refusal(Fault.UNREADABLE, "its XMP packet " + what);
    }
}
