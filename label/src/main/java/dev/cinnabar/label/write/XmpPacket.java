package dev.cinnabar.label.write;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.SourceType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An XMP packet whose label is put in, replaced or taken out, while every other property, the attributes, the order and the padding stay. */
final class XmpPacket {
    private static final String TC260 = "http://www.tc260.org.cn/ns/AIGC/1.0/";
    private static final String IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    private record Change(int from, int to, String text) {}

    private final String xml;
    private final List<XmpTags.Tag> tags;
    private final List<Change> changes = new ArrayList<>();

    private XmpPacket(String xml) throws Refusal {
        this.xml = xml;
        this.tags = XmpTags.of(xml);
    }

    /** A packet that holds the label, the source type asked for, and nothing else. */
    static byte[] fresh(Order order) {
        String xml = "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"" + RDF + "\">"
                + description("rdf", "", Optional.of(order.label()), order.sourceType())
                + "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    /** The packet with the label in place of every label it holds, and the source type asked for where it names none. */
    static byte[] labelled(byte[] packet, Order order) throws Refusal {
        Charset charset = charset(packet);
        String xml = text(packet, charset);
        if (xml.isBlank()) {
            return fresh(order);
        }
        XmpPacket edit = new XmpPacket(xml);
        Optional<AigcLabel> label = edit.replaceOld(order.label()) ? Optional.empty() : Optional.of(order.label());
        Optional<SourceType> type = edit.namesSource() ? Optional.empty() : order.sourceType();
        if (label.isPresent() || type.isPresent()) {
            edit.insertNew(label, type);
        }
        return edit.changed().getBytes(charset);
    }

    /** The packet without any label. */
    static byte[] without(byte[] packet) throws Refusal {
        Charset charset = charset(packet);
        XmpPacket edit = new XmpPacket(text(packet, charset));
        edit.dropAll();
        return edit.changes.isEmpty() ? packet : edit.changed().getBytes(charset);
    }

    /** Whether a packet is worth parsing for labels: cheap, and true of every one that holds one. */
    static boolean couldHoldLabel(byte[] packet) {
        if (!charset(packet).equals(StandardCharsets.UTF_8) || OldLabels.mentions(packet)) {
            return true;
        }
        return new String(packet, StandardCharsets.ISO_8859_1).contains("XmpKv");
    }

    /** Takes out all labels but the first that stands under the right prefix, which is given the new value; says whether there was one. */
    private boolean replaceOld(AigcLabel label) throws Refusal {
        String value = XmpText.escaped(label.toJson());
        boolean done = false;
        for (int i = 0; i < tags.size(); i++) {
            XmpTags.Tag tag = tags.get(i);
            for (XmpTags.Attribute attribute : tag.attributes()) {
                boolean good = !done && isGood(tag, attribute.name());
                if (good) {
                    String quoted = "\"" + value + "\"";
                    changes.add(new Change(attribute.valueFrom() - 1, attribute.valueTo() + 1, quoted));
                    done = true;
                } else if (isLabel(tag, attribute.name(), xml.substring(attribute.valueFrom(), attribute.valueTo()))) {
                    changes.add(new Change(attribute.from(), attribute.to(), ""));
                }
            }
            done |= element(i, value, done);
        }
        return done;
    }

    private boolean element(int i, String value, boolean done) throws Refusal {
        XmpTags.Tag tag = tags.get(i);
        if (tag.kind() == XmpTags.Kind.CLOSE || !couldBeLabel(tag)) {
            return false;
        }
        int end = tag.kind() == XmpTags.Kind.EMPTY ? tag.to() : closing(i).to();
        if (!done && isGood(tag, tag.name()) && tag.kind() == XmpTags.Kind.OPEN) {
            changes.add(new Change(tag.to(), closing(i).from(), value));
            return true;
        }
        String content = tag.kind() == XmpTags.Kind.EMPTY
                ? ""
                : xml.substring(tag.to(), closing(i).from());
        if (isLabel(tag, tag.name(), content)) {
            changes.add(new Change(tag.from(), end, ""));
        }
        return false;
    }

    private void dropAll() throws Refusal {
        for (int i = 0; i < tags.size(); i++) {
            XmpTags.Tag tag = tags.get(i);
            for (XmpTags.Attribute attribute : tag.attributes()) {
                if (isLabel(tag, attribute.name(), xml.substring(attribute.valueFrom(), attribute.valueTo()))) {
                    changes.add(new Change(attribute.from(), attribute.to(), ""));
                }
            }
            element(i, "", true);
        }
    }

    private static boolean isGood(XmpTags.Tag tag, String name) {
        return name.equals("TC260:AIGC") && tag.names().uri(name).equals(TC260);
    }

    private static boolean couldBeLabel(XmpTags.Tag tag) {
        String local = tag.name().substring(tag.name().indexOf(':') + 1);
        return local.equalsIgnoreCase("AIGC") || local.equals("XmpKvBase64");
    }

    private static boolean isLabel(XmpTags.Tag tag, String name, String raw) {
        String local = name.substring(name.indexOf(':') + 1);
        if (local.equalsIgnoreCase("AIGC") && tag.names().uri(name).equals(TC260)) {
            return true;
        }
        return (local.equalsIgnoreCase("AIGC") || local.equals("XmpKvBase64"))
                && OldLabels.isLabel(XmpText.decoded(raw));
    }

    private XmpTags.Tag closing(int open) throws Refusal {
        int depth = tags.get(open).depth();
        for (int i = open + 1; i < tags.size(); i++) {
            if (tags.get(i).depth() == depth && tags.get(i).kind() == XmpTags.Kind.CLOSE) {
                return tags.get(i);
            }
        }
        throw XmpTags.broken("does not close an element");
    }

    /** Whether any source type stands in the packet: another's word is not replaced by ours. */
    private boolean namesSource() {
        for (XmpTags.Tag tag : tags) {
            if (isSource(tag, tag.name())) {
                return true;
            }
            for (XmpTags.Attribute attribute : tag.attributes()) {
                if (isSource(tag, attribute.name())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSource(XmpTags.Tag tag, String name) {
        return name.endsWith(":DigitalSourceType") && tag.names().uri(name).equals(IPTC);
    }

    private void insertNew(Optional<AigcLabel> label, Optional<SourceType> type) throws Refusal {
        for (int i = 0; i < tags.size(); i++) {
            XmpTags.Tag tag = tags.get(i);
            if (tag.name().endsWith("RDF") && tag.names().uri(tag.name()).equals(RDF)) {
                int colon = tag.name().indexOf(':');
                String prefix = colon < 0 ? "" : tag.name().substring(0, colon);
                String text = description(prefix, about(prefix), label, type);
                if (tag.kind() == XmpTags.Kind.EMPTY) {
                    changes.add(new Change(tag.to() - 2, tag.to(), ">" + text + "</" + tag.name() + ">"));
                } else {
                    int end = closing(i).from();
                    changes.add(new Change(end, end, text));
                }
                return;
            }
        }
        throw XmpTags.broken("has no rdf:RDF");
    }

    /** All descriptions of a packet are about the same thing; ours says so in the same words. */
    private String about(String prefix) {
        for (XmpTags.Tag tag : tags) {
            for (XmpTags.Attribute attribute : tag.attributes()) {
                if (attribute.name().equals(prefix + ":about")) {
                    return xml.substring(attribute.valueFrom(), attribute.valueTo())
                            .replace("\"", "&quot;");
                }
            }
        }
        return "";
    }

    private static String description(String rdf, String about, Optional<AigcLabel> label, Optional<SourceType> type) {
        StringBuilder out = new StringBuilder("<" + rdf + ":Description " + rdf + ":about=\"" + about + "\"");
        label.ifPresent(written -> out.append(" xmlns:TC260=\"").append(TC260).append('"'));
        type.ifPresent(
                written -> out.append(" xmlns:Iptc4xmpExt=\"").append(IPTC).append('"'));
        out.append('>');
        label.ifPresent(written -> out.append("<TC260:AIGC>")
                .append(XmpText.escaped(written.toJson()))
                .append("</TC260:AIGC>"));
        type.ifPresent(written -> out.append("<Iptc4xmpExt:DigitalSourceType>")
                .append(written.uri())
                .append("</Iptc4xmpExt:DigitalSourceType>"));
        return out.append("</").append(rdf).append(":Description>").toString();
    }

    private String changed() {
        changes.sort(Comparator.comparingInt(Change::from));
        StringBuilder out = new StringBuilder(xml.length() + 512);
        int at = 0;
        for (Change change : changes) {
            if (change.from() < at) {
                continue; // a label within a label that goes as a whole
            }
            out.append(xml, at, change.from()).append(change.text());
            at = change.to();
        }
        out.append(xml, at, xml.length());
        return padded(out);
    }

    /** Takes growth out of the padding that packets carry for it, and gives what was saved back to it, so that a padded packet keeps its size where it can. */
    private String padded(StringBuilder out) {
        int end = out.lastIndexOf("<?xpacket end=");
        int from = end;
        while (from > 0 && " \t\r\n".indexOf(out.charAt(from - 1)) >= 0) {
            from--;
        }
        int padding = end - from;
        int growth = out.length() - xml.length();
        if (end < 0 || padding < 64) {
            return out.toString();
        }
        if (growth > 0) {
            int taken = Math.min(growth, padding - 1);
            out.delete(from, from + taken);
        } else {
            out.insert(from, " ".repeat(-growth));
        }
        return out.toString();
    }

    private static String text(byte[] packet, Charset charset) throws Refusal {
        try {
            return charset.newDecoder().decode(java.nio.ByteBuffer.wrap(packet)).toString();
        } catch (java.nio.charset.CharacterCodingException e) {
            throw XmpTags.broken("is not valid " + charset);
        }
    }

    private static Charset charset(byte[] packet) {
        if (packet.length >= 2) {
            int first = (packet[0] & 0xFF) << 8 | (packet[1] & 0xFF);
            if (first == 0xFEFF || first == '<') {
                return StandardCharsets.UTF_16BE;
            }
            if (first == 0xFFFE || first == '<' << 8) {
                return StandardCharsets.UTF_16LE;
            }
        }
        return StandardCharsets.UTF_8;
    }
}
