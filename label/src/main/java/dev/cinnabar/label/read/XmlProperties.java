package dev.cinnabar.label.read;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Finds the properties wanted in an XML text, as elements or as attributes, with namespaces resolved. It knows no document types: a text with one is refused, so there is
 * nothing to expand. Bounded in depth.
 */
final class XmlProperties {
    /** A property met: where its name lives, under which prefix, and its text with entities decoded. */
    record Property(String uri, String prefix, String local, String value) {}

    /** Why an XML text was not read to its end. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why, null, false, false);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    private record Scope(int depth, String prefix, String uri) {}

    private record Attribute(String name, String raw) {}

    private final String xml;
    private final int maxDepth;
    private final BiPredicate<String, String> wanted;
    private final List<Property> found = new ArrayList<>(2);
    private final List<Scope> scopes = new ArrayList<>();
    private int at;
    private int depth;
    private int openedAt;
    private String openedName = "";
    private final StringBuilder text = new StringBuilder();

    private XmlProperties(String xml, int maxDepth, BiPredicate<String, String> wanted) {
        this.xml = xml;
        this.maxDepth = maxDepth;
        this.wanted = wanted;
    }

    /** The properties whose (namespace, local name) is wanted; those met before a fault are in {@code into} even where {@link Refused} is thrown. */
    static void find(String xml, int maxDepth, BiPredicate<String, String> wanted, List<Property> into) throws Refused {
        XmlProperties scan = new XmlProperties(xml, maxDepth, wanted);
        try {
            scan.run();
        } finally {
            into.addAll(scan.found);
        }
    }

    private void run() throws Refused {
        while (true) {
            int open = xml.indexOf('<', at);
            if (open < 0) {
                break;
            }
            if (openedAt > 0) {
                decode(xml.substring(at, open), text);
            }
            at = open;
            markup();
        }
        if (depth != 0) {
            throw new Refused("an element is not closed");
        }
    }

    private void markup() throws Refused {
        if (xml.startsWith("<!--", at)) {
            at = after("-->");
        } else if (xml.startsWith("<![CDATA[", at)) {
            int start = at + 9;
            at = after("]]>");
            if (openedAt > 0) {
                text.append(xml, start, at - 3);
            }
        } else if (xml.startsWith("<?", at)) {
            at = after("?>");
        } else if (xml.startsWith("<!", at)) {
            throw new Refused("it has a document type");
        } else if (xml.startsWith("</", at)) {
            close();
        } else {
            open();
        }
    }

    private int after(String end) throws Refused {
        int i = xml.indexOf(end, at);
        if (i < 0) {
            throw new Refused("it ends within markup");
        }
        return i + end.length();
    }

    private void close() throws Refused {
        at = after(">");
        left();
    }

    private void left() throws Refused {
        if (depth == 0) {
            throw new Refused("an element is closed that was not open");
        }
        if (openedAt == depth) {
            emit(openedName, text.toString().strip(), true);
            openedAt = 0;
        }
        while (!scopes.isEmpty() && scopes.getLast().depth() == depth) {
            scopes.removeLast();
        }
        depth--;
    }

    private void open() throws Refused {
        at++;
        String name = name();
        if (++depth > maxDepth) {
            throw new Refused("nested deeper than " + maxDepth);
        }
        List<Attribute> attributes = attributes();
        boolean empty = xml.startsWith("/>", at);
        if (!empty && !xml.startsWith(">", at)) {
            throw new Refused("a tag is malformed");
        }
        at += empty ? 2 : 1;
        for (Attribute attribute : attributes) {
            if (attribute.name().indexOf(':') > 0 && !attribute.name().startsWith("xmlns:")) {
                emit(attribute.name(), attribute.raw(), false);
            }
        }
        if (openedAt == 0 && isWanted(name)) {
            openedAt = depth;
            openedName = name;
            text.setLength(0);
        }
        if (empty) {
            left();
        }
    }

    private List<Attribute> attributes() throws Refused {
        List<Attribute> all = List.of();
        for (space(); at < xml.length() && xml.charAt(at) != '>' && xml.charAt(at) != '/'; space()) {
            String name = name();
            space();
            expect('=');
            space();
            char quote = at < xml.length() ? xml.charAt(at) : ' ';
            if (quote != '"' && quote != '\'') {
                throw new Refused("an attribute has no quotes");
            }
            int end = xml.indexOf(quote, at + 1);
            if (end < 0) {
                throw new Refused("it ends within markup");
            }
            String raw = xml.substring(at + 1, end);
            at = end + 1;
            if (name.startsWith("xmlns:")) {
                scopes.add(new Scope(depth, name.substring(6), decoded(raw)));
            } else if (!name.equals("xmlns")) {
                all = all.isEmpty() ? new ArrayList<>(4) : all;
                all.add(new Attribute(name, raw));
            }
        }
        return all;
    }

    private void emit(String name, String value, boolean isDecoded) throws Refused {
        if (isWanted(name)) {
            int colon = name.indexOf(':');
            String prefix = colon < 0 ? "" : name.substring(0, colon);
            found.add(new Property(uri(prefix), prefix, name.substring(colon + 1), isDecoded ? value : decoded(value)));
        }
    }

    private boolean isWanted(String name) {
        int colon = name.indexOf(':');
        return wanted.test(colon < 0 ? "" : uri(name.substring(0, colon)), name.substring(colon + 1));
    }

    private String uri(String prefix) {
        for (int i = scopes.size() - 1; i >= 0; i--) {
            if (scopes.get(i).prefix().equals(prefix)) {
                return scopes.get(i).uri();
            }
        }
        return "";
    }

    private String name() throws Refused {
        int start = at;
        while (at < xml.length() && " \t\r\n=/><\"'".indexOf(xml.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw new Refused("a name is missing");
        }
        return xml.substring(start, at);
    }

    private void space() {
        while (at < xml.length() && " \t\r\n".indexOf(xml.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char c) throws Refused {
        if (at >= xml.length() || xml.charAt(at) != c) {
            throw new Refused("a tag is malformed");
        }
        at++;
    }

    private static String decoded(String raw) throws Refused {
        if (raw.indexOf('&') < 0) {
            return raw;
        }
        StringBuilder out = new StringBuilder(raw.length());
        decode(raw, out);
        return out.toString();
    }

    private static void decode(String raw, StringBuilder out) throws Refused {
        int from = 0;
        for (int amp = raw.indexOf('&'); amp >= 0; amp = raw.indexOf('&', from)) {
            out.append(raw, from, amp);
            int end = raw.indexOf(';', amp);
            if (end < 0) {
                throw new Refused("an entity is not closed");
            }
            out.appendCodePoint(entity(raw.substring(amp + 1, end)));
            from = end + 1;
        }
        out.append(raw, from, raw.length());
    }

    private static int entity(String name) throws Refused {
        return switch (name) {
            case "quot" -> '"';
            case "amp" -> '&';
            case "apos" -> '\'';
            case "lt" -> '<';
            case "gt" -> '>';
            default -> numeric(name);
        };
    }

    private static int numeric(String name) throws Refused {
        try {
            boolean hex = name.startsWith("#x");
            int value = hex ? Integer.parseInt(name, 2, name.length(), 16) : -1;
            if (!hex && name.startsWith("#")) {
                value = Integer.parseInt(name, 1, name.length(), 10);
            }
            if (Character.isValidCodePoint(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the refusal
        }
        throw new Refused("it uses the entity " + LabelText.shortened(name));
    }
}
