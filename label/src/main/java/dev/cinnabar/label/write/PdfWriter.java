package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * PDF: the key AIGC of the Info dictionary (TC260-PG-20258A) by an incremental update: every byte of the file stays, the new Info dictionary and cross references are appended, in the shape
 * (table or stream) that the file has. An update of ours that ends the file is replaced. Digitally signed bytes stay as they are, which is noted; encrypted files and those certified
 * against any change are refused.
 */
final class PdfWriter implements FormatWriter {
    private static final String PLACE = "pdf:Info/AIGC";
    /** Begins an update of ours, so that it can be told from the updates of others. */
    private static final String MARK = "%AIGC label update\n";

    private final List<Finding> notes = new ArrayList<>();
    private final Map<Long, byte[]> changed = new TreeMap<>();

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        job.withoutMark(Format.PDF).ifPresent(notes::add);
        long end = withoutOwnUpdate(file, job);
        PdfObjects pdf = PdfObjects.of(file, end, job);
        if (pdf.trailer().raw("Encrypt").isPresent()) {
            throw new Refusal(Fault.ENCRYPTED, "PDF");
        }
        PdfSpans catalog = pdf.dict(pdf.trailer(), "Root").orElseThrow(() -> Refusal.broken(0, "it has no catalog"));
        sealed(pdf, catalog, job);
        signed(pdf, catalog);
        long info = info(pdf, job);
        metadata(pdf, catalog);
        EditPlan.Edits edits = new EditPlan.Edits();
        edits.replace(end, file.size(), update(file, end, pdf, info));
        return new Draft(edits.plan(file.size()), PLACE, List.of(), notes);
    }

    /** Where the file ended before an update of ours; its end where the last update is none. */
    private static long withoutOwnUpdate(Input file, Job job) throws IOException, Refusal {
        long from = Math.max(0, file.size() - (1 << 17));
        String tail = new String(file.stretch(from, file.size() - from), StandardCharsets.ISO_8859_1);
        int mark = tail.lastIndexOf(MARK);
        if (mark < 0) {
            return file.size();
        }
        long at = from + mark;
        PdfObjects whole = PdfObjects.of(file, file.size(), job);
        // only what one update of ours can hold: the newest section lies in it, follows the one that ends the file
        // before, and has two or three objects
        boolean ours = whole.place() >= at
                && whole.newestEntries() <= 3
                && tail.indexOf("startxref", mark) == tail.lastIndexOf("startxref")
                && whole.trailer().number("Prev") == startBefore(file, at);
        return ours ? at : file.size();
    }

    private static long startBefore(Input file, long at) throws IOException {
        try {
            return PdfObjects.startXref(file, at);
        } catch (Refusal e) {
            return -2; // nothing before it ends like a PDF file, so the mark is not ours
        }
    }

    private void sealed(PdfObjects pdf, PdfSpans catalog, Job job) throws IOException, Refusal {
        List<String> files = pdf.array(catalog.raw("AF"));
        for (String each : files.subList(0, Math.min(16, files.size()))) {
            Optional<PdfSpans> dict = pdf.followed(Optional.of(each));
            if (dict.isPresent() && dict.get().raw("AFRelationship").orElse("").equals("/C2PA_Manifest")) {
                notes.add(job.seal("pdf:AF/C2PA_Manifest"));
                return;
            }
        }
    }

    private void signed(PdfObjects pdf, PdfSpans catalog) throws IOException, Refusal {
        Optional<PdfSpans> permissions = pdf.dict(catalog, "Perms");
        Optional<PdfSpans> certified = permissions.isEmpty() ? permissions : pdf.dict(permissions.get(), "DocMDP");
        if (certified.isPresent() && permitted(pdf, certified.get()) == 1) {
            throw new Refusal(Fault.SIGNED, "DocMDP, no change allowed");
        }
        Optional<PdfSpans> form = pdf.dict(catalog, "AcroForm");
        boolean flagged = form.isPresent() && (Math.max(0, form.get().number("SigFlags")) & 1) == 1;
        if (certified.isPresent() || flagged) {
            notes.add(Finding.of(Fault.SIGNED_BEFORE, certified.isPresent() ? "DocMDP" : "SigFlags"));
        }
    }

    /** The changes that a certification permits; 2 where it does not say. */
    private static long permitted(PdfObjects pdf, PdfSpans signature) throws IOException, Refusal {
        for (String each : pdf.array(signature.raw("Reference"))) {
            Optional<PdfSpans> reference = pdf.followed(Optional.of(each));
            Optional<PdfSpans> parameters =
                    reference.isEmpty() ? reference : pdf.dict(reference.get(), "TransformParams");
            if (parameters.isPresent() && parameters.get().raw("P").isPresent()) {
                return parameters.get().number("P");
            }
        }
        return 2;
    }

    /** Makes the new Info dictionary; gives its number. */
    private long info(PdfObjects pdf, Job job) throws IOException, Refusal {
        Optional<Long> old = pdf.trailer().reference("Info");
        long number = old.isPresent() ? old.get() : size(pdf);
        StringBuilder dict = new StringBuilder("<<");
        Optional<PdfSpans> members = pdf.dict(pdf.trailer(), "Info");
        for (PdfSpans.Member member : members.map(PdfSpans::members).orElse(List.of())) {
            if (!member.key().equalsIgnoreCase("AIGC")) {
                dict.append('/')
                        .append(member.key())
                        .append(' ')
                        .append(member.raw())
                        .append('\n');
            }
        }
        dict.append("/AIGC ").append(literal(job.order().label().toJson())).append(">>");
        changed.put(number, latin(dict.toString()));
        return number;
    }

    private static String literal(String text) {
        return "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")";
    }

    /** XMP that carries a label of its own gives it up: one label a file. */
    private void metadata(PdfObjects pdf, PdfSpans catalog) throws IOException, Refusal {
        Optional<Long> number = catalog.reference("Metadata");
        Optional<byte[]> packet = number.isEmpty() ? Optional.empty() : pdf.stream(number.get());
        if (packet.isEmpty() || !OldLabels.mentions(packet.get())) {
            return;
        }
        byte[] clean = XmpPacket.without(packet.get());
        if (clean.length != packet.get().length) {
            changed.put(
                    number.orElseThrow(),
                    Bytes.joined(
                            latin("<</Type/Metadata/Subtype/XML/Length " + clean.length + ">>\nstream\n"),
                            clean,
                            latin("\nendstream")));
        }
    }

    private static long size(PdfObjects pdf) throws Refusal {
        long size = pdf.trailer().number("Size");
        if (size < 1 || size > 8_388_607) {
            throw Refusal.broken(0, "its trailer does not say how many objects there are");
        }
        return size;
    }

    private byte[] update(Input file, long end, PdfObjects pdf, long info) throws IOException, Refusal {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (file.byteAt(end - 1) != '\n') {
            out.write('\n');
        }
        out.writeBytes(latin(MARK));
        Map<Long, Long> places = new TreeMap<>();
        for (Map.Entry<Long, byte[]> object : changed.entrySet()) {
            places.put(object.getKey(), end + out.size());
            out.writeBytes(latin(object.getKey() + " 0 obj\n"));
            out.writeBytes(object.getValue());
            out.writeBytes(latin("\nendobj\n"));
        }
        long start = end + out.size();
        if (start > 9_999_999_999L) {
            throw new Refusal(Fault.NO_ROOM, "a PDF file ends at 10 GB");
        }
        long size = Math.max(size(pdf), info + 1);
        out.writeBytes(latin(pdf.isTable() ? table(pdf, places, size, info) : ""));
        if (!pdf.isTable()) {
            places.put(size, start);
            out.writeBytes(stream(pdf, places, size, info));
        }
        out.writeBytes(latin("startxref\n" + start + "\n%%EOF\n"));
        return out.toByteArray();
    }

    private static String table(PdfObjects pdf, Map<Long, Long> places, long size, long info) {
        StringBuilder out = new StringBuilder("xref\n");
        places.forEach((number, place) -> {
            String digits = Long.toString(place);
            out.append(number).append(" 1\n");
            out.append("0".repeat(10 - digits.length())).append(digits).append(" 00000 n \n");
        });
        return out.append("trailer\n<<")
                .append(kept(pdf))
                .append("/Size " + size + "/Info " + info + " 0 R/Prev " + pdf.place() + ">>\n")
                .toString();
    }

    /** A cross-reference stream, which is an object itself: the last of {@code places}. */
    private static byte[] stream(PdfObjects pdf, Map<Long, Long> places, long number, long info) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        StringBuilder index = new StringBuilder();
        places.forEach((each, place) -> {
            index.append(index.isEmpty() ? "" : " ").append(each).append(" 1");
            rows.write(1);
            rows.writeBytes(Bytes.big(place, 5));
            rows.writeBytes(Bytes.big(0, 2));
        });
        String dict = "<</Type/XRef" + kept(pdf) + "/Size " + (number + 1) + "/Info " + info + " 0 R/Prev "
                + pdf.place() + "/W[1 5 2]/Index[" + index + "]/Length " + rows.size() + ">>";
        return Bytes.joined(
                latin(number + " 0 obj\n" + dict + "\nstream\n"), rows.toByteArray(), latin("\nendstream\nendobj\n"));
    }

    /** The trailer's members that go on to hold. */
    private static String kept(PdfObjects pdf) {
        StringBuilder out = new StringBuilder();
        List<String> own = List.of(
                "Size", "Info", "Prev", "XRefStm", "Type", "W", "Index", "Filter", "DecodeParms", "Length", "DL");
        for (PdfSpans.Member member : pdf.trailer().members()) {
            if (!own.contains(member.key())) {
                out.append('/').append(member.key()).append(' ').append(member.raw());
            }
        }
        return out.toString();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
