package dev.cinnabar.label.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What JPEG segments say of labels: XMP in APP1 (the guide's place), in the extended packets too, EXIF UserComment (Annex B), any other segment that carries a bare label, and
 * a C2PA manifest in APP11.
 */
final class JpegSegments {
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final String EXTENDED = "http://ns.adobe.com/xmp/extension/\0";
    /** After the extension's name: a 32-character id, the whole length, the offset. */
    private static final int EXTENDED_HEAD = EXTENDED.length() + 40;

    private final Window file;
    private final Report report;
    private final ByteArrayOutputStream extended = new ByteArrayOutputStream(0);
    private final ByteArrayOutputStream manifest = new ByteArrayOutputStream(0);
    private int manifestInstance;
    private int orientation = 1;

    JpegSegments(Window file, Report report) {
        this.file = file;
        this.report = report;
    }

    /** The EXIF orientation, 1 where none was met. */
    int orientation() {
        return orientation;
    }

    /** Looks at the payload of one segment. */
    void take(long at, int length, int marker) throws IOException, Damage {
        if (marker == 0xE1 && file.has(at, XMP)) {
            int head = XMP.length();
            new XmpReader(report)
                    .read(Place.main("jpeg:APP1/xmp", Place.IMAGE_GUIDE), file.copy(at + head, length - head));
        } else if (marker == 0xE1 && length > EXTENDED_HEAD && file.has(at, EXTENDED)) {
            more(at + EXTENDED_HEAD, length - EXTENDED_HEAD);
        } else if (marker == 0xE1 && length > 6 && file.has(at, "Exif\0")) {
            orientation = new ExifReader(report, "jpeg:APP1/exif").read(file.copy(at + 6, length - 6));
        } else if (marker == 0xEB && length > 16 && file.has(at, "JP")) {
            jumbf(at, length);
        } else if (((marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE) && !isKnown(at, marker)) {
            bare(file.copy(at, length), marker);
        }
    }

    /** Reads what was spread over several segments. */
    void end() {
        if (manifest.size() > 0) {
            ManifestReader.read(report, "jpeg:APP11/jumbf", manifest.toByteArray());
        }
        if (extended.size() > 0) {
            new XmpReader(report)
                    .read(Place.other("jpeg:APP1/extended-xmp", Place.IMAGE_GUIDE), extended.toByteArray());
        }
    }

    private void more(long at, int length) throws IOException, Damage {
        if (extended.size() + length > report.limits().textBytes()) {
            throw Damage.limit(
                    "the extended XMP has more than " + report.limits().textBytes() + " bytes");
        }
        extended.writeBytes(file.copy(at, length));
    }

    /** A box instance (2), a packet number (4), then a box: length (4), {@code jumb}, a description box whose type begins with {@code c2pa}. */
    private void jumbf(long at, int length) throws IOException, Damage {
        int instance = file.u16be(at + 2);
        if (file.has(at + 12, "jumb") && file.has(at + 20, "jumd") && file.has(at + 24, "c2pa")) {
            if (manifest.size() > 0) {
                manifest.reset();
            }
            manifestInstance = instance;
            manifest.writeBytes(file.copy(at + 8, length - 8));
        } else if (manifest.size() > 0
                && instance == manifestInstance
                && manifest.size() + length <= report.limits().textBytes()) {
            // what goes on in a further segment repeats the box's head
            manifest.writeBytes(file.copy(at + 16, length - 16));
        }
    }

    private boolean isKnown(long at, int marker) throws IOException {
        return switch (marker) {
            case 0xE2 -> file.has(at, "ICC_PROFILE") || file.has(at, "MPF\0");
            case 0xED -> file.has(at, "Photoshop 3.0");
            default -> false;
        };
    }

    /** Some vendors put {@code AIGC{...}} into a segment of their own, or glue it to the JFIF header. */
    private void bare(byte[] payload, int marker) {
        String text = new String(payload, StandardCharsets.UTF_8);
        int key = text.indexOf("AIGC");
        if (key < 0) {
            return;
        }
        int wrapped = text.lastIndexOf('{', key);
        int brace = text.indexOf('{', key);
        boolean inside = wrapped >= 0 && key - wrapped <= 4 && text.charAt(key - 1) == '"';
        if (inside || (brace >= 0 && brace - key <= 6)) {
            String from = text.substring(inside ? wrapped : brace);
            int end = from.lastIndexOf('}');
            String name = marker == 0xFE ? "COM" : "APP" + (marker - 0xE0);
            new LabelText(report)
                    .unnamed(
                            Place.other("jpeg:" + name, Place.IMAGE_GUIDE),
                            end < 0 ? from : from.substring(0, end + 1));
        }
    }
}
