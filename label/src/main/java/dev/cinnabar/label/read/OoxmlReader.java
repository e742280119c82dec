package dev.cinnabar.label.read;

import dev.cinnabar.label.Look;
import dev.cinnabar.label.SignatureSeen;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Office Open XML (Word, Excel, PowerPoint, their templates): the custom property AIGC (TC260-PG-20258A), wherever the relationships say that the custom properties stand. */
final class OoxmlReader implements FormatReader {
    private static final String USUAL = "docProps/custom.xml";

    private final Place place;

    OoxmlReader(String word) {
        this.place = Place.main(word + ":" + USUAL + "/AIGC", Place.TEXT_GUIDE);
    }

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        ZipEntries entries = ZipEntries.of(file, report.limits());
        if (entries.has(C2PA)) {
            report.add(SignatureSeen.unchecked(
                    SignatureSeen.Scheme.C2PA, place.name().replaceFirst(":.*", ":" + C2PA)));
        }
        LabelText label = new LabelText(report);
        for (String part : parts(entries, report)) {
            for (ZipEntries.Entry entry : entries.named(part)) {
                List<XmlElements.Element> properties = XmlElements.find(
                        entries.content(entry),
                        Set.of("property"),
                        report.limits().depth(),
                        part);
                for (XmlElements.Element property : properties) {
                    if (property.attribute("name").equalsIgnoreCase("AIGC")) {
                        label.named(place, property.text());
                    }
                }
            }
        }
    }

    /** Where a manifest stands in any ZIP container (C2PA 2.1, A.7). */
    static final String C2PA = "META-INF/content_credential.c2pa";

    private static Set<String> parts(ZipEntries entries, Report report) throws IOException, Damage {
        Set<String> parts = new LinkedHashSet<>(List.of(USUAL));
        for (ZipEntries.Entry entry : entries.named("_rels/.rels")) {
            for (XmlElements.Element link : XmlElements.find(
                    entries.content(entry),
                    Set.of("Relationship"),
                    report.limits().depth(),
                    "_rels/.rels")) {
                String type = link.attribute("Type");
                if (type.endsWith("/custom-properties") || type.endsWith("/customProperties")) {
                    parts.add(link.attribute("Target").replaceFirst("^/", ""));
                }
            }
        }
        return parts;
    }
}
