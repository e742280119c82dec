package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Look;
import java.io.IOException;
import java.util.Arrays;

/** WebP, simple, extended and animated: XMP in the chunk of that name (the guide's place), EXIF (Annex B), and a C2PA chunk. */
final class WebpReader implements FormatReader {
    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        long end = 8 + file.u32le(4);
        if (end > file.size()) {
            report.broken(Finding.of(
                    Fault.DAMAGED, "4", "the file says that it has " + end + " bytes, but it has " + file.size()));
            end = file.size();
        }
        boolean picture = false;
        int chunks = 0;
        for (long at = 12; at + 8 <= end; chunks++) {
            if (chunks >= report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " chunks");
            }
            String id = file.fourCc(at);
            long length = file.u32le(at + 4);
            if (length > end - at - 8) {
                throw Damage.at(at, "a chunk claims " + length + " bytes; the file has " + (end - at - 8));
            }
            picture |= id.startsWith("VP8") || id.equals("ANMF");
            chunk(file, at + 8, length, id, report);
            at += 8 + length + (length & 1);
        }
        if (!picture) {
            throw Damage.at(end, "no chunk holds a picture");
        }
    }

    private static void chunk(Window file, long at, long length, String id, Report report) throws IOException, Damage {
        switch (id) {
            case "XMP " ->
                new XmpReader(report)
                        .read(Place.main("webp:XMP/xmp", Place.IMAGE_GUIDE), copy(file, at, length, report));
            case "EXIF" -> {
                byte[] block = copy(file, at, length, report);
                boolean prefixed = file.has(at, "Exif\0\0") && length > 6;
                new ExifReader(report, "webp:EXIF").read(prefixed ? Arrays.copyOfRange(block, 6, block.length) : block);
            }
            case "C2PA" -> ManifestReader.read(report, "webp:C2PA", file, at, length);
            default -> {
                if (id.equalsIgnoreCase("AIGC")) {
                    String text = new String(copy(file, at, length, report), java.nio.charset.StandardCharsets.UTF_8);
                    new LabelText(report).named(Place.other("webp:" + id, Place.IMAGE_GUIDE), text);
                }
            }
        }
    }

    private static byte[] copy(Window file, long at, long length, Report report) throws IOException, Damage {
        if (length > report.limits().textBytes()) {
            throw Damage.limit("a chunk of metadata at " + at + " has " + length + " bytes");
        }
        return file.copy(at, (int) length);
    }
}
