package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Look;
import dev.cinnabar.label.SignatureSeen;
import java.io.IOException;
import java.util.Set;

/** OpenDocument (text, sheets, slides): the user-defined property AIGC of meta.xml. */
final class OdfReader implements FormatReader {
    private final Place place;
    private final String word;

    OdfReader(String word) {
        this.word = word;
        this.place = Place.main(word + ":meta.xml/AIGC", Place.TEXT_GUIDE);
    }

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        ZipEntries entries = ZipEntries.of(file, report.limits());
        if (entries.has(OoxmlReader.C2PA)) {
            report.add(SignatureSeen.unchecked(SignatureSeen.Scheme.C2PA, word + ":" + OoxmlReader.C2PA));
        }
        if (isEncrypted(entries, report)) {
            report.broken(Finding.of(Fault.ENCRYPTED, "OpenDocument"));
            return;
        }
        LabelText label = new LabelText(report);
        for (ZipEntries.Entry entry : entries.named("meta.xml")) {
            for (XmlElements.Element property : XmlElements.find(
                    entries.content(entry),
                    Set.of("user-defined"),
                    report.limits().depth(),
                    "meta.xml")) {
                if (property.attribute("name").equalsIgnoreCase("AIGC")) {
                    label.named(place, property.text());
                }
            }
        }
    }

    private static boolean isEncrypted(ZipEntries entries, Report report) throws IOException, Damage {
        for (ZipEntries.Entry entry : entries.named("META-INF/manifest.xml")) {
            if (!XmlElements.find(
                            entries.content(entry),
                            Set.of("encryption-data"),
                            report.limits().depth(),
                            "META-INF/manifest.xml")
                    .isEmpty()) {
                return true;
            }
        }
        return entries.has("encrypted-package");
    }
}
