package dev.cinnabar.label.read;

import dev.cinnabar.label.Look;
import dev.cinnabar.label.SignatureSeen;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** EPUB: the meta AIGC of the package document, in the spelling of EPUB 2 (name and content) or 3 (property and text). */
final class EpubReader implements FormatReader {
    private static final Place PLACE = Place.main("epub:package/meta/AIGC", Place.TEXT_GUIDE);

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        ZipEntries entries = ZipEntries.of(file, report.limits());
        if (entries.has(OoxmlReader.C2PA)) {
            report.add(SignatureSeen.unchecked(SignatureSeen.Scheme.C2PA, "epub:" + OoxmlReader.C2PA));
        }
        String container = "META-INF/container.xml";
        for (ZipEntries.Entry entry : entries.named(container)) {
            for (XmlElements.Element root : XmlElements.find(
                    entries.content(entry), Set.of("rootfile"), report.limits().depth(), container)) {
                packageDocument(entries, root.attribute("full-path"), report);
            }
        }
    }

    private static void packageDocument(ZipEntries entries, String path, Report report) throws IOException, Damage {
        LabelText label = new LabelText(report);
        for (ZipEntries.Entry entry : entries.named(path)) {
            for (XmlElements.Element meta : XmlElements.find(
                    entries.content(entry), Set.of("meta"), report.limits().depth(), path)) {
                String property = meta.attribute("property").toLowerCase(Locale.ROOT);
                if (meta.attribute("name").equalsIgnoreCase("AIGC")) {
                    label.named(PLACE, meta.attribute("content"));
                } else if (property.equals("aigc") || property.endsWith(":aigc")) {
                    label.named(PLACE, meta.text());
                }
            }
        }
    }
}
