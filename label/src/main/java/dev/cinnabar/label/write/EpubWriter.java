package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * EPUB: the label as a meta of the package document, in the spelling that versions 2 and 3 both read, in place of any that is there. The entry mimetype stays first and stored, every other
 * entry keeps its packed bytes. A signed book is refused.
 */
final class EpubWriter implements FormatWriter {
    private static final String CONTAINER = "META-INF/container.xml";

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        List<Finding> notes =
                new ArrayList<>(job.withoutMark(Format.EPUB).stream().toList());
        ZipTarget zip = ZipTarget.of(file, job);
        if (zip.hasUnder(Containers.C2PA)) {
            notes.add(job.seal("epub:" + Containers.C2PA));
        }
        if (zip.hasUnder("META-INF/signatures.xml")) {
            throw new Refusal(Fault.SIGNED, "META-INF/signatures.xml");
        }
        List<String> paths = packages(zip);
        for (String path : paths) {
            ZipTarget.Entry entry =
                    zip.find(path).orElseThrow(() -> Refusal.broken(0, "its package document " + path + " is missing"));
            boolean first = path.equals(paths.getFirst());
            byte[] content = zip.content(entry);
            if (first || OldLabels.mentions(content)) {
                zip.replace(entry, labelled(content, job, first));
            }
        }
        return new Draft(zip.plan(), "epub:package/meta/AIGC", List.of(), notes);
    }

    private static List<String> packages(ZipTarget zip) throws IOException, Refusal {
        ZipTarget.Entry entry =
                zip.find(CONTAINER).orElseThrow(() -> Refusal.broken(0, "it has no " + CONTAINER + ": it is no EPUB"));
        XmlEdit container = new XmlEdit(zip.content(entry), "its " + CONTAINER);
        List<String> paths = container.tags().stream()
                .filter(tag ->
                        tag.kind() != XmpTags.Kind.CLOSE && XmlEdit.local(tag).equals("rootfile"))
                .map(tag -> container.value(tag, "full-path"))
                .distinct()
                .toList();
        if (paths.isEmpty()) {
            throw container.broken("names no package document");
        }
        return paths;
    }

    /** The document without old labels, and with the new one where it is asked. */
    private static byte[] labelled(byte[] content, Job job, boolean withNew) throws Refusal {
        XmlEdit document = new XmlEdit(content, "its package document");
        boolean done = !withNew;
        for (XmpTags.Tag tag : document.tags()) {
            if (tag.kind() == XmpTags.Kind.CLOSE || !isLabel(document, tag)) {
                continue;
            }
            if (done) {
                document.drop(tag);
            } else {
                document.replace(tag, meta(XmlEdit.prefix(tag), job));
                done = true;
            }
        }
        if (!done) {
            XmpTags.Tag metadata =
                    document.first("metadata").orElseThrow(() -> document.broken("has no metadata element"));
            document.append(metadata, meta(XmlEdit.prefix(metadata), job));
        }
        return document.bytes();
    }

    private static boolean isLabel(XmlEdit document, XmpTags.Tag tag) {
        String property = document.value(tag, "property").toLowerCase(java.util.Locale.ROOT);
        return XmlEdit.local(tag).equals("meta")
                && (document.value(tag, "name").equalsIgnoreCase("AIGC")
                        || property.equals("aigc")
                        || property.endsWith(":aigc"));
    }

    private static String meta(String prefix, Job job) {
        return "<" + prefix + "meta name=\"AIGC\" content=\""
                + XmpText.escaped(job.order().label().toJson()) + "\"/>";
    }
}
