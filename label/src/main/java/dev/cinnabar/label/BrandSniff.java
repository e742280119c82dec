package dev.cinnabar.label;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells the formats that are made of boxes (ISO base media, QuickTime, Matroska) by their brands, or by their first box where they name none. */
final class BrandSniff {
    private BrandSniff() {}

    static Optional<Format> format(byte[] head, int n) {
        if (n >= 4 && word(head, 0).equals("\u001AE\u00DF\u00A3")) {
            // the document type stands in the header of an EBML file
            String start = new String(head, 0, Math.min(n, 128), StandardCharsets.ISO_8859_1);
            return Optional.of(start.contains("webm") ? Format.WEBM : Format.MKV);
        }
        // a first box longer than 150 MB or with a printable first byte is text that happens to say "free" or "wide"
        if (n < 8 || head[0] < 0 || head[0] > 8) {
            return Optional.empty();
        }
        return switch (word(head, 4)) {
            case "ftyp" -> n < 12 ? Optional.of(Format.MP4) : brand(head, n);
            case "styp", "sidx", "moof" -> Optional.of(Format.MP4);
            case "moov", "mdat", "wide", "free", "skip", "pnot" -> Optional.of(Format.MOV);
            default -> Optional.empty();
        };
    }

    private static Optional<Format> brand(byte[] head, int n) {
        return switch (word(head, 8)) {
            case "avif", "avis" -> Optional.of(Format.AVIF);
            case "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs" -> Optional.of(Format.HEIC);
            case "mif1", "mif2", "miaf", "msf1" -> Optional.of(compatible(head, n));
            case "qt  " -> Optional.of(Format.MOV);
            case "M4A ", "M4B ", "M4P ", "F4A " -> Optional.of(Format.M4A);
            // JPEG 2000 and Canon's raw files have boxes too, and are no video
            case "jp2 ", "jpx ", "jpm ", "crx " -> Optional.empty();
            default -> Optional.of(Format.MP4);
        };
    }

    /** A picture file that names no coding first names it among its compatible brands. */
    private static Format compatible(byte[] head, int n) {
        for (int at = 16; at + 4 <= Math.min(n, head[3] & 0xFF); at += 4) {
            String brand = word(head, at);
            if (brand.equals("avif") || brand.equals("avis")) {
                return Format.AVIF;
            }
            if (brand.startsWith("hei") || brand.startsWith("hev")) {
                return Format.HEIC;
            }
        }
        return Format.HEIF;
    }

    private static String word(byte[] head, int at) {
        return new String(head, at, 4, StandardCharsets.ISO_8859_1);
    }
}
