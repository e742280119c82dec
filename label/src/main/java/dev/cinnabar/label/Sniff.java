package dev.cinnabar.label;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Tells the format of a file: by its first bytes, and for text by its name. */
final class Sniff {
    private static final int LOOK = 512;

    private Sniff() {}

    static Format format(String name, Source.Bytes bytes) throws IOException {
        byte[] head = new byte[(int) Math.min(LOOK, bytes.size())];
        int n = bytes.read(0, head, 0, head.length);
        if (starts(head, n, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
            return Format.PNG;
        }
        if (starts(head, n, 0, 0xFF, 0xD8, 0xFF)) {
            return Format.JPEG;
        }
        if (starts(head, n, 0, 'G', 'I', 'F', '8') && (starts(head, n, 4, '7', 'a') || starts(head, n, 4, '9', 'a'))) {
            return Format.GIF;
        }
        if (isTiff(head, n)) {
            return Format.TIFF;
        }
        if (starts(head, n, 0, 'R', 'I', 'F', 'F') && starts(head, n, 8, 'W', 'E', 'B', 'P')) {
            return Format.WEBP;
        }
        if (starts(head, n, 0, 'R', 'I', 'F', 'F') && starts(head, n, 8, 'A', 'V', 'I', ' ')) {
            return Format.AVI;
        }
        if (starts(head, n, 0, 'F', 'L', 'V', 1)) {
            return Format.FLV;
        }
        boolean riff = starts(head, n, 0, 'R', 'I', 'F', 'F')
                || starts(head, n, 0, 'R', 'F', '6', '4')
                || starts(head, n, 0, 'B', 'W', '6', '4');
        if (riff && starts(head, n, 8, 'W', 'A', 'V', 'E')) {
            return Format.WAV;
        }
        Optional<Format> document = new DocumentSniff(name, bytes).format(head, n);
        if (document.isPresent()) {
            return document.get();
        }
        Optional<Format> boxes = BrandSniff.format(head, n);
        if (boxes.isPresent()) {
            return boxes.get();
        }
        if (starts(head, n, 0, 'O', 'g', 'g', 'S')) {
            return Format.OGG;
        }
        Optional<Format> sound = new SoundSniff(bytes).format(name);
        return sound.isPresent() ? sound.get() : text(name.toLowerCase(Locale.ROOT), head, n);
    }

    private static Format text(String name, byte[] head, int n) {
        boolean wide = starts(head, n, 0, 0xFF, 0xFE) || starts(head, n, 0, 0xFE, 0xFF);
        for (int i = 0; i < n && !wide; i++) {
            boolean space = head[i] == '\n' || head[i] == '\r' || head[i] == '\t' || head[i] == '\f' || head[i] == 0x1B;
            if (head[i] >= 0 && head[i] < 0x20 && !space) {
                return Format.UNKNOWN;
            }
        }
        if (name.endsWith(".md") || name.endsWith(".markdown")) {
            return Format.MARKDOWN;
        }
        boolean plain = name.endsWith(".txt") || name.endsWith(".text") || name.indexOf('.') < 0;
        return plain ? Format.TEXT : Format.UNKNOWN;
    }

    /** Classic or big, in either order of bytes. */
    private static boolean isTiff(byte[] head, int n) {
        return starts(head, n, 0, 'I', 'I', 42, 0)
                || starts(head, n, 0, 'M', 'M', 0, 42)
                || starts(head, n, 0, 'I', 'I', 43, 0)
                || starts(head, n, 0, 'M', 'M', 0, 43);
    }

    private static boolean starts(byte[] head, int n, int at, int... magic) {
        if (n < at + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[at + i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
