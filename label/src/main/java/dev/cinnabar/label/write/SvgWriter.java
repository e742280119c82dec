package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import dev.cinnabar.label.Order;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** SVG: the label as XMP in the metadata element of the drawing, in place of any that is there; everything else stays as it was written. */
final class SvgWriter implements FormatWriter {
    private static final String C2PA = "http://c2pa.org/manifest";

    private static final Pattern NO_TEXT = Pattern.compile("(?s)<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?.*?\\?>");
    private static final Pattern UNDEFINED =
            Pattern.compile("&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5});)");

    private final List<Finding> notes = new ArrayList<>();

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        job.withoutMark(Format.SVG).ifPresent(notes::add);
        if (file.size() > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "the drawing has " + file.size() + " bytes");
        }
        byte[] old = file.stretch(0, file.size());
        Charset charset = charset(old);
        String xml = text(old, charset);
        if (xml.contains(C2PA)) {
            notes.add(job.seal("svg:metadata/c2pa:manifest"));
        }
        int from = xml.substring(0, prologue(xml)).getBytes(charset).length;
        byte[] drawing = Arrays.copyOfRange(old, from, old.length);
        EditPlan.Edits edits = new EditPlan.Edits();
        edits.replace(from, old.length, labelled(drawing, job));
        return new Draft(edits.plan(file.size()), "svg:metadata/xmp", List.of(), notes);
    }

    private static byte[] labelled(byte[] drawing, Job job) throws Refusal {
        XmlEdit edit = new XmlEdit(drawing, "the drawing");
        Optional<XmpTags.Tag> root = edit.tags().stream().findFirst();
        if (root.isEmpty() || !XmlEdit.local(root.get()).equals("svg")) {
            throw edit.broken("does not begin with the element svg");
        }
        if (edit.tags().stream().anyMatch(tag -> tag.depth() > job.limits().depth())) {
            throw new Refusal(
                    Fault.TOO_LARGE, "it is nested deeper than " + job.limits().depth());
        }
        checkWhatIsKept(drawing, edit);
        if (edit.first("RDF").isPresent()) {
            return XmpPacket.labelled(drawing, job.order());
        }
        return withPacket(XmpPacket.without(drawing), job.order());
    }

    /** Puts a packet of its own into the metadata of a drawing that has none. */
    private static byte[] withPacket(byte[] drawing, Order order) throws Refusal {
        XmlEdit edit = new XmlEdit(drawing, "the drawing");
        XmpTags.Tag root = edit.tags().getFirst();
        String packet = new String(XmpPacket.fresh(order), StandardCharsets.UTF_8).replace("\uFEFF", "");
        Optional<XmpTags.Tag> metadata = edit.tags().stream()
                .filter(tag -> tag.kind() != XmpTags.Kind.CLOSE && tag.depth() == 2)
                .filter(tag -> XmlEdit.local(tag).equals("metadata"))
                .findFirst();
        if (metadata.isPresent()) {
            edit.append(metadata.get(), packet);
        } else {
            String name = XmlEdit.prefix(root) + "metadata";
            edit.append(root, "<" + name + ">" + packet + "</" + name + ">");
        }
        return edit.bytes();
    }

    /** Refuses what no reader follows: entities that nothing defines, and elements within one that bears the name of the label. */
    private static void checkWhatIsKept(byte[] drawing, XmlEdit edit) throws Refusal {
        String text = NO_TEXT.matcher(text(drawing, charset(drawing))).replaceAll("");
        if (UNDEFINED.matcher(text).find()) {
            throw edit.broken("uses an entity that it does not define");
        }
        List<XmpTags.Tag> tags = edit.tags();
        for (int i = 0; i + 1 < tags.size(); i++) {
            XmpTags.Tag tag = tags.get(i);
            boolean named = XmlEdit.local(tag).equalsIgnoreCase("AIGC")
                    || XmlEdit.local(tag).equals("XmpKvBase64");
            if (named && tag.kind() == XmpTags.Kind.OPEN && tags.get(i + 1).kind() != XmpTags.Kind.CLOSE) {
                throw edit.broken("has elements within an element " + XmlEdit.local(tag));
            }
        }
    }

    /** Where the drawing begins, behind comments, instructions and a document type. Refuses one with declarations, which could mean anything. */
    private static int prologue(String xml) throws Refusal {
        int at = xml.indexOf('<');
        while (at >= 0 && at + 1 < xml.length()) {
            String end;
            if (xml.startsWith("<!--", at)) {
                end = "-->";
            } else if (xml.startsWith("<?", at)) {
                end = "?>";
            } else if (xml.startsWith("<!", at)) {
                end = ">";
            } else {
                return at;
            }
            int close = xml.indexOf(end, at);
            if (end.equals(">") && close > at && xml.substring(at, close).indexOf('[') >= 0) {
                throw new Refusal(Fault.UNREADABLE, "the drawing has a document type with declarations");
            }
            at = close < 0 ? -1 : xml.indexOf('<', close);
        }
        throw new Refusal(Fault.UNREADABLE, "the drawing has no element");
    }

    private static Charset charset(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        return switch (first) {
            case 0xFEFF, '<' -> StandardCharsets.UTF_16BE;
            case 0xFFFE, '<' << 8 -> StandardCharsets.UTF_16LE;
            default -> StandardCharsets.UTF_8;
        };
    }

    private static String text(byte[] bytes, Charset charset) throws Refusal {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(Fault.ENCODING, "a byte begins no character of " + charset);
        }
    }
}
