package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Look;
import dev.cinnabar.label.SignatureSeen;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** SVG: the label as XMP, which drawings carry in their metadata element. A document type that declares something is not followed. */
final class SvgReader implements FormatReader {
    private static final Place PLACE = Place.main("svg:metadata/xmp", Place.IMAGE_GUIDE);
    private static final String C2PA = "http://c2pa.org/manifest";

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        if (file.size() > report.limits().textBytes()) {
            throw Damage.limit("the drawing has " + file.size() + " bytes");
        }
        byte[] bytes = file.copy(0, (int) file.size());
        Charset charset = charset(bytes);
        String xml = new String(bytes, charset);
        if (xml.contains(C2PA)) {
            report.add(SignatureSeen.unchecked(SignatureSeen.Scheme.C2PA, "svg:metadata/c2pa:manifest"));
        }
        int root = root(xml);
        if (root < 0) {
            report.broken(Finding.of(Fault.XML_REFUSED, "svg", "no element is reached without declarations"));
            return;
        }
        int skipped = xml.substring(0, root).getBytes(charset).length;
        new XmpReader(report).read(PLACE, Arrays.copyOfRange(bytes, Math.min(skipped, bytes.length), bytes.length));
    }

    /** Where the first element begins, behind comments, instructions and a document type without declarations; -1 where none is reached. */
    private static int root(String xml) {
        int at = xml.indexOf('<');
        while (at >= 0) {
            if (xml.startsWith("<?", at)) {
                at = next(xml, xml.indexOf("?>", at));
            } else if (xml.startsWith("<!--", at)) {
                at = next(xml, xml.indexOf("-->", at));
            } else if (xml.startsWith("<!", at)) {
                int end = xml.indexOf('>', at);
                at = end >= 0 && xml.substring(at, end).indexOf('[') < 0 ? next(xml, end) : -1;
            } else {
                return at;
            }
        }
        return at;
    }

    private static int next(String xml, int end) {
        return end < 0 ? -1 : xml.indexOf('<', end);
    }

    private static Charset charset(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        return switch (first) {
            case 0xFEFF, '<' -> StandardCharsets.UTF_16BE;
            case 0xFFFE, '<' << 8 -> StandardCharsets.UTF_16LE;
            default -> isUtf8(bytes) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        };
    }

    /** What is no UTF-8 is taken byte by byte, so that offsets hold. */
    private static boolean isUtf8(byte[] bytes) {
        return Arrays.equals(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
    }
}
