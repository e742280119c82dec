package dev.cinnabar.label;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells the formats that are made of boxes (ISO base media, QuickTime) by their brands, or by their first box where they name none. */
final class BrandSniff {
    private BrandSniff() {}

    static Optional<Format> format(byte[] head, int n) {
        // a first box longer than 150 MB or with a printable first byte is text that happens to say "free" or "wide"
        if (n < 8 || head[0] < 0 || head[0] > 8) {
            return Optional.empty();
        }
        return switch (word(head, 4)) {
            case "ftyp" -> n < 12 ? Optional.of(Format.MP4) : brand(head);
            case "styp", "sidx", "moof" -> Optional.of(Format.MP4);
            case "moov", "mdat", "wide", "free", "skip", "pnot" -> Optional.of(Format.MOV);
            default -> Optional.empty();
        };
    }

    private static Optional<Format> brand(byte[] head) {
        return switch (word(head, 8)) {
            case "qt  " -> Optional.of(Format.MOV);
            case "M4A ", "M4B ", "M4P ", "F4A " -> Optional.of(Format.M4A);
            // JPEG 2000 and Canon's raw files have boxes too, and are no video
            case "jp2 ", "jpx ", "jpm ", "crx " -> Optional.empty();
            default -> Optional.of(Format.MP4);
        };
    }

    private static String word(byte[] head, int at) {
        return new String(head, at, 4, StandardCharsets.ISO_8859_1);
    }
}
