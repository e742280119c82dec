package dev.cinnabar.label.write;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tells whether a text that stands somewhere in a file is a label that a new one must replace. */
final class OldLabels {
    private static final String[] KEYS = {"\"aigc\"", "\"contentproducer\"", "\"produceid\"", "\"contentpropagator\""};

    private OldLabels() {}

    /** An object with a key that only labels have, or the Base64 of one. */
    static boolean isLabel(String text) {
        String bare = trimmed(text);
        if (bare.startsWith("{")) {
            return hasKey(bare);
        }
        if (bare.length() < 16 || bare.indexOf('{') >= 0) {
            return false;
        }
        try {
            byte[] decoded =
                    Base64.getMimeDecoder().decode(bare.replace('-', '+').replace('_', '/'));
            String inner = new String(decoded, StandardCharsets.UTF_8).strip();
            return inner.startsWith("{") && hasKey(inner);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether bytes hold the letters AIGC in any case: cheap, and true of everything that could be a label under its name. */
    static boolean mentions(byte[] bytes) {
        for (int i = 0; i + 4 <= bytes.length; i++) {
            if ((bytes[i] | 0x20) == 'a'
                    && (bytes[i + 1] | 0x20) == 'i'
                    && (bytes[i + 2] | 0x20) == 'g'
                    && (bytes[i + 3] | 0x20) == 'c') {
                return true;
            }
        }
        return false;
    }

    /** Without what vendors put around their JSON: blanks, zero bytes, a byte-order mark. */
    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && (text.charAt(start) <= ' ' || text.charAt(start) == '\uFEFF')) {
            start++;
        }
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean hasKey(String text) {
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        for (String key : KEYS) {
            if (lower.contains(key)) {
                return true;
            }
        }
        return false;
    }
}
