package dev.cinnabar.server.people;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds identity numbers where none belong: in free text, references and external ids, which are kept as they are (Article 9; no plaintext number is stored). */
public final class Plaintext {
    private static final Pattern ID =
            Pattern.compile("(?<![0-9A-Za-z])[1-9](?:[ \\-]?[0-9]){16}[ \\-]?[0-9Xx](?![0-9A-Za-z])");
    private static final Pattern MOBILE =
            Pattern.compile("(?<![0-9A-Za-z])(?:\\+?86[ \\-]?)?1[3-9][0-9](?:[ \\-]?[0-9]){8}(?![0-9A-Za-z])");

    private Plaintext() {}

    /** Whether the text holds a plausible identity document number or mobile number, however spaced or wide. */
    public static boolean in(String text) {
        String narrow = narrow(text);
        if (MOBILE.matcher(narrow).find()) {
            return true;
        }
        Matcher ids = ID.matcher(narrow);
        while (ids.find()) {
            if (NumberForms.looksLikeDocument(folded(ids.group()).toUpperCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** The text with full-width forms made narrow and without blanks and dashes. */
    static String folded(String text) {
        StringBuilder out = new StringBuilder();
        narrow(text).codePoints().filter(c -> !between(c)).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static String narrow(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replace('\u2010', '-')
                .replace('\u2011', '-')
                .replace('\u2012', '-')
                .replace('\u2013', '-')
                .replace('\u2014', '-')
                .replaceAll("[\\u200B-\\u200D\\uFEFF\\u00AD]", "");
    }

    private static boolean between(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '-';
    }
}
