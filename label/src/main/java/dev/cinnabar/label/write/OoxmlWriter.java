package dev.cinnabar.label.write;

import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Office Open XML: the custom property AIGC (TC260-PG-20258A), in place of any that is there, with the relationship and the content type that a document without custom properties lacks.
 * All other parts keep their packed bytes. A digital signature of the document stays whole where it does not cover these three parts, which Office leaves out.
 */
final class OoxmlWriter implements FormatWriter {
    private static final String USUAL = "docProps/custom.xml";
    private static final String FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";
    private static final String TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml";

    /** The names of the two dialects of the standard. */
    private enum Dialect {
        TRANSITIONAL(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
                "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
                "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"),
        STRICT(
                "http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties",
                "http://purl.oclc.org/ooxml/officeDocument/customProperties",
                "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes");

        private final String relationship;
        private final String properties;
        private final String values;

        Dialect(String relationship, String properties, String values) {
            this.relationship = relationship;
            this.properties = properties;
            this.values = values;
        }
    }

    private final Format format;
    private final String word;
    private Dialect dialect = Dialect.TRANSITIONAL;

    OoxmlWriter(Format format) {
        this.format = format;
        this.word = format.word();
    }

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        List<Finding> notes = new ArrayList<>(job.withoutMark(format).stream().toList());
        ZipTarget zip = ZipTarget.of(file, job);
        if (zip.hasUnder(Containers.C2PA)) {
            notes.add(job.seal(word + ":" + Containers.C2PA));
        }
        String part = linked(zip);
        String json = job.order().label().toJson();
        Optional<ZipTarget.Entry> old = zip.find(part);
        if (old.isPresent()) {
            zip.replace(old.get(), labelled(zip.content(old.get()), json));
        } else {
            zip.add(part, fresh(json));
        }
        typed(zip, part);
        return new Draft(zip.plan(), word + ":" + USUAL + "/AIGC", List.of(), notes);
    }

    /** The part that the relationships name; makes the relationship where there is none. */
    private String linked(ZipTarget zip) throws IOException, Refusal {
        ZipTarget.Entry entry = zip.find("_rels/.rels")
                .orElseThrow(() -> Refusal.broken(0, "it has no _rels/.rels: it is no office document"));
        XmlEdit links = new XmlEdit(zip.content(entry), "its _rels/.rels");
        List<String> ids = new ArrayList<>();
        for (XmpTags.Tag tag : links.tags()) {
            String type = links.value(tag, "Type");
            ids.add(links.value(tag, "Id"));
            dialect = type.startsWith("http://purl.oclc.org/ooxml/") ? Dialect.STRICT : dialect;
            if (type.endsWith("/custom-properties") || type.endsWith("/customProperties")) {
                return links.value(tag, "Target").replaceFirst("^/", "");
            }
        }
        XmpTags.Tag root = links.first("Relationships").orElseThrow(() -> links.broken("has no Relationships"));
        int number = 1;
        while (ids.contains("rId" + number)) {
            number++;
        }
        links.append(
                root,
                "<" + XmlEdit.prefix(root) + "Relationship Id=\"rId" + number + "\" Type=\"" + dialect.relationship
                        + "\" Target=\"" + USUAL + "\"/>");
        zip.replace(entry, links.bytes());
        return USUAL;
    }

    /** Says what kind of part it is, unless that is said. */
    private static void typed(ZipTarget zip, String part) throws IOException, Refusal {
        ZipTarget.Entry entry = zip.find("[Content_Types].xml")
                .orElseThrow(() -> Refusal.broken(0, "it has no [Content_Types].xml: it is no office document"));
        XmlEdit types = new XmlEdit(zip.content(entry), "its [Content_Types].xml");
        for (XmpTags.Tag tag : types.tags()) {
            if (types.value(tag, "PartName").equalsIgnoreCase("/" + part)) {
                return;
            }
        }
        XmpTags.Tag root = types.first("Types").orElseThrow(() -> types.broken("has no Types"));
        types.append(
                root,
                "<" + XmlEdit.prefix(root) + "Override PartName=\"/" + XmpText.escaped(part) + "\" ContentType=\""
                        + TYPE + "\"/>");
        zip.replace(entry, types.bytes());
    }

    private byte[] fresh(String json) {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<Properties xmlns=\""
                + dialect.properties + "\" xmlns:vt=\"" + dialect.values + "\">" + property("", 2, json)
                + "</Properties>";
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] labelled(byte[] part, String json) throws Refusal {
        XmlEdit properties = new XmlEdit(part, "its " + USUAL);
        XmpTags.Tag root = properties.first("Properties").orElseThrow(() -> properties.broken("has no Properties"));
        int highest = 1;
        boolean done = false;
        for (XmpTags.Tag tag : properties.tags()) {
            if (tag.kind() != XmpTags.Kind.CLOSE && XmlEdit.local(tag).equals("property")) {
                int pid = pid(properties.value(tag, "pid"));
                highest = Math.max(highest, pid);
                if (properties.value(tag, "name").equalsIgnoreCase("AIGC")) {
                    if (done) {
                        properties.drop(tag);
                    } else {
                        properties.replace(tag, property(XmlEdit.prefix(tag), pid, json));
                    }
                    done = true;
                }
            }
        }
        if (!done) {
            properties.append(root, property(XmlEdit.prefix(root), highest + 1, json));
        }
        return properties.bytes();
    }

    /** Numbers below 2 are reserved. */
    private static int pid(String text) {
        return text.matches("[0-9]{1,9}") ? Math.max(2, Integer.parseInt(text)) : 2;
    }

    /** The value's namespace is declared on the element itself, so that it does not matter which prefix the document has for it. */
    private String property(String prefix, int pid, String json) {
        return "<" + prefix + "property fmtid=\"" + FMTID + "\" pid=\"" + pid
                + "\" name=\"AIGC\"><vt:lpwstr xmlns:vt=\"" + dialect.values + "\">" + XmpText.escaped(json)
                + "</vt:lpwstr></" + prefix + "property>";
    }
}
