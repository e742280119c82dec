package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A small XML document that is changed in place: everything that is not touched stays as it was written. */
final class XmlEdit {
    private record Change(int from, int to, String text) {}

    private final String what;
    private final Charset charset;
    private final String xml;
    private final List<XmpTags.Tag> tags;
    private final List<Change> changes = new ArrayList<>();

    /** {@code what} names the document where it must be refused. */
    XmlEdit(byte[] document, String what) throws Refusal {
        this.what = what;
        this.charset = charset(document);
        try {
            this.xml = charset.newDecoder().decode(ByteBuffer.wrap(document)).toString();
            this.tags = XmpTags.of(xml);
        } catch (CharacterCodingException e) {
            throw broken("is not valid " + charset);
        } catch (Refusal e) {
            String said = String.join(" ", e.finding().details());
            throw broken(said.replace("its XMP packet ", ""));
        }
    }

    private static Charset charset(byte[] document) {
        if (document.length >= 2) {
            int first = (document[0] & 0xFF) << 8 | (document[1] & 0xFF);
            if (first == 0xFEFF || first == '<') {
                return StandardCharsets.UTF_16BE;
            }
            if (first == 0xFFFE || first == '<' << 8) {
                return StandardCharsets.UTF_16LE;
            }
        }
        return StandardCharsets.UTF_8;
    }

    Refusal broken(String why) {
        return new Refusal(Fault.UNREADABLE, what + " " + why);
    }

    List<XmpTags.Tag> tags() {
        return tags;
    }

    static String local(XmpTags.Tag tag) {
        return tag.name().substring(tag.name().indexOf(':') + 1);
    }

    /** The prefix of a tag with its colon; empty without one. */
    static String prefix(XmpTags.Tag tag) {
        return tag.name().substring(0, tag.name().indexOf(':') + 1);
    }

    /** The first tag that opens an element of that local name. */
    Optional<XmpTags.Tag> first(String local) {
        return tags.stream()
                .filter(tag -> tag.kind() != XmpTags.Kind.CLOSE && local(tag).equals(local))
                .findFirst();
    }

    /** The value of an attribute by its local name, decoded; empty without it. */
    String value(XmpTags.Tag tag, String local) {
        for (XmpTags.Attribute attribute : tag.attributes()) {
            if (attribute.name().substring(attribute.name().indexOf(':') + 1).equals(local)) {
                return XmpText.decoded(xml.substring(attribute.valueFrom(), attribute.valueTo()));
            }
        }
        return "";
    }

    /** The tag that closes an element; the element's own where it is empty. */
    XmpTags.Tag closing(XmpTags.Tag open) throws Refusal {
        if (open.kind() == XmpTags.Kind.EMPTY) {
            return open;
        }
        for (XmpTags.Tag tag : tags) {
            if (tag.from() > open.from() && tag.kind() == XmpTags.Kind.CLOSE && tag.depth() == open.depth()) {
                return tag;
            }
        }
        throw broken("does not close an element");
    }

    /** Drops an element with all it holds. */
    void drop(XmpTags.Tag open) throws Refusal {
        changes.add(new Change(open.from(), closing(open).to(), ""));
    }

    /** Puts text in the place of an element. */
    void replace(XmpTags.Tag open, String text) throws Refusal {
        changes.add(new Change(open.from(), closing(open).to(), text));
    }

    /** Appends text to what an element holds. */
    void append(XmpTags.Tag open, String text) throws Refusal {
        if (open.kind() == XmpTags.Kind.EMPTY) {
            changes.add(new Change(open.to() - 2, open.to(), ">" + text + "</" + open.name() + ">"));
        } else {
            int at = closing(open).from();
            changes.add(new Change(at, at, text));
        }
    }

    /** The changed document. */
    byte[] bytes() {
        changes.sort(Comparator.comparingInt(Change::from));
        StringBuilder out = new StringBuilder(xml.length() + 1024);
        int at = 0;
        for (Change change : changes) {
            if (change.from() < at) {
                continue; // within an element that goes as a whole
            }
            out.append(xml, at, change.from()).append(change.text());
            at = change.to();
        }
        return out.append(xml, at, xml.length()).toString().getBytes(charset);
    }
}
