package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * OpenDocument: the user-defined property AIGC of meta.xml, in place of any that is there. The entry mimetype stays first and stored, every other entry keeps its packed bytes. A signed
 * document is refused: its signature covers meta.xml.
 */
final class OdfWriter implements FormatWriter {
    private static final String OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    private static final String META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0";
    private static final String MANIFEST = "META-INF/manifest.xml";

    private final Format format;
    private final String word;

    OdfWriter(Format format) {
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
        if (zip.hasUnder("META-INF/documentsignatures.xml")) {
            throw new Refusal(Fault.SIGNED, "META-INF/documentsignatures.xml");
        }
        if (zip.hasUnder("encrypted-package")) {
            throw new Refusal(Fault.ENCRYPTED, "OpenDocument");
        }
        boolean listed = listed(zip);
        Optional<ZipTarget.Entry> meta = zip.find("meta.xml");
        String property = property(job);
        if (meta.isPresent()) {
            zip.replace(meta.get(), labelled(zip.content(meta.get()), property));
        } else {
            zip.add("meta.xml", fresh(property));
            if (!listed) {
                list(zip);
            }
        }
        return new Draft(zip.plan(), word + ":meta.xml/AIGC", List.of(), notes);
    }

    private static String property(Job job) {
        return "<meta:user-defined xmlns:meta=\"" + META + "\" meta:name=\"AIGC\" meta:value-type=\"string\">"
                + XmpText.escaped(job.order().label().toJson()) + "</meta:user-defined>";
    }

    /** Whether the manifest lists meta.xml; refuses an encrypted document. */
    private static boolean listed(ZipTarget zip) throws IOException, Refusal {
        XmlEdit manifest = new XmlEdit(zip.content(manifest(zip)), "its " + MANIFEST);
        if (manifest.first("encryption-data").isPresent()) {
            throw new Refusal(Fault.ENCRYPTED, "OpenDocument");
        }
        return manifest.tags().stream()
                .anyMatch(tag -> manifest.value(tag, "full-path").equals("meta.xml"));
    }

    private static ZipTarget.Entry manifest(ZipTarget zip) throws Refusal {
        return zip.find(MANIFEST)
                .orElseThrow(() -> Refusal.broken(0, "it has no " + MANIFEST + ": it is no OpenDocument file"));
    }

    private static void list(ZipTarget zip) throws IOException, Refusal {
        ZipTarget.Entry entry = manifest(zip);
        XmlEdit manifest = new XmlEdit(zip.content(entry), "its " + MANIFEST);
        XmpTags.Tag root = manifest.first("manifest").orElseThrow(() -> manifest.broken("has no manifest"));
        // OpenDocument knows only qualified attributes: the root's own prefix, which LibreOffice and Office always give
        String prefix = XmlEdit.prefix(root);
        manifest.append(
                root,
                "<" + prefix + "file-entry " + prefix + "full-path=\"meta.xml\" " + prefix
                        + "media-type=\"text/xml\"/>");
        zip.replace(entry, manifest.bytes());
    }

    private static byte[] fresh(String property) {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-meta xmlns:office=\"" + OFFICE
                + "\" office:version=\"1.3\"><office:meta>" + property + "</office:meta></office:document-meta>";
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] labelled(byte[] part, String property) throws Refusal {
        XmlEdit meta = new XmlEdit(part, "its meta.xml");
        boolean done = false;
        for (XmpTags.Tag tag : meta.tags()) {
            boolean old = tag.kind() != XmpTags.Kind.CLOSE
                    && XmlEdit.local(tag).equals("user-defined")
                    && meta.value(tag, "name").equalsIgnoreCase("AIGC");
            if (old && done) {
                meta.drop(tag);
            } else if (old) {
                meta.replace(tag, property);
                done = true;
            }
        }
        if (!done) {
            Optional<XmpTags.Tag> root = meta.first("meta");
            if (root.isPresent()) {
                meta.append(root.get(), property);
            } else {
                XmpTags.Tag whole =
                        meta.first("document-meta").orElseThrow(() -> meta.broken("has no office:document-meta"));
                String office = XmlEdit.prefix(whole);
                meta.append(whole, "<" + office + "meta>" + property + "</" + office + "meta>");
            }
        }
        return meta.bytes();
    }
}
