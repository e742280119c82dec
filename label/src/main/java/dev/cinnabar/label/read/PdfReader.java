package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Look;
import dev.cinnabar.label.SignatureSeen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** PDF: the key AIGC of the Info dictionary (TC260-PG-20258A), XMP in the catalog's metadata, and a C2PA manifest among the associated files. */
final class PdfReader implements FormatReader {
    private static final Place INFO = Place.main("pdf:Info/AIGC", Place.TEXT_GUIDE);
    private static final int MOST_FILES = 16;

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        PdfFile pdf = PdfFile.of(file, report.limits());
        PdfValue.Dict trailer = pdf.trailer();
        if (pdf.resolved(trailer.get("Encrypt")).isPresent()) {
            report.broken(Finding.of(Fault.ENCRYPTED, "PDF"));
            return;
        }
        Optional<PdfValue.Dict> info = pdf.dict(trailer, "Info");
        if (info.isPresent()) {
            info(pdf, info.get(), report);
        }
        PdfValue.Dict catalog =
                pdf.dict(trailer, "Root").orElseThrow(() -> Damage.at(0, "the PDF file has no catalog"));
        Optional<byte[]> packet = pdf.streamOf(catalog.get("Metadata"));
        if (packet.isPresent()) {
            new XmpReader(report).read(Place.other("pdf:Metadata/xmp", Place.TEXT_GUIDE), packet.get());
        }
        if (sealed(pdf, catalog)) {
            report.add(SignatureSeen.unchecked(SignatureSeen.Scheme.C2PA, "pdf:AF/C2PA_Manifest"));
        }
    }

    private static void info(PdfFile pdf, PdfValue.Dict info, Report report) throws IOException, Damage {
        LabelText label = new LabelText(report);
        for (Map.Entry<String, PdfValue> member : info.members().entrySet()) {
            if (member.getKey().equalsIgnoreCase("AIGC")) {
                Place place = member.getKey().equals("AIGC")
                        ? INFO
                        : Place.other("pdf:Info/" + member.getKey(), Place.TEXT_GUIDE);
                Optional<PdfValue> value = pdf.resolved(Optional.of(member.getValue()));
                label.named(
                        place,
                        value.isPresent() && value.get() instanceof PdfValue.Str(String latin) ? text(latin) : "");
            }
        }
    }

    /** A text string: UTF-16 or UTF-8 with a mark, else one byte a character. */
    private static String text(String latin) {
        byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
        if (latin.startsWith("\u00FE\u00FF")) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
        }
        if (latin.startsWith("\u00FF\u00FE")) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
        }
        return latin.startsWith("\u00EF\u00BB\u00BF")
                ? new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8)
                : latin;
    }

    private static boolean sealed(PdfFile pdf, PdfValue.Dict catalog) throws IOException, Damage {
        Optional<PdfValue> files = pdf.resolved(catalog.get("AF"));
        if (files.isEmpty() || !(files.get() instanceof PdfValue.Arr(var items))) {
            return false;
        }
        for (PdfValue each : items.subList(0, Math.min(MOST_FILES, items.size()))) {
            Optional<PdfValue> file = pdf.resolved(Optional.of(each));
            if (file.isPresent()
                    && file.get() instanceof PdfValue.Dict dict
                    && PdfFile.name(dict.get("AFRelationship")).equals("C2PA_Manifest")) {
                return true;
            }
        }
        return false;
    }
}
