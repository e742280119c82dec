package dev.cinnabar.review;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.Transliterator;
import com.ibm.icu.util.VersionInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Makes {@code folds.txt} from ICU's data (Unicode's own, licence Unicode-3.0) and a few lines of ours. Run {@link #main} in the review folder after a change of
 * ICU's version; {@link FoldsFileTest} compares.
 */
final class FoldsMaker {
    static final Path FILE = Path.of("src/main/resources/dev/cinnabar/review/folds.txt");
    private static final Set<Integer> SPACED_SCRIPTS = Set.of(
            UScript.LATIN,
            UScript.GREEK,
            UScript.CYRILLIC,
            UScript.ARMENIAN,
            UScript.GEORGIAN,
            UScript.CHEROKEE,
            UScript.LISU,
            UScript.COPTIC);
    private static final Map<Integer, String> LEET = Map.ofEntries(
            Map.entry((int) '0', "o"),
            Map.entry((int) '1', "i"),
            Map.entry((int) '3', "e"),
            Map.entry((int) '4', "a"),
            Map.entry((int) '5', "s"),
            Map.entry((int) '7', "t"),
            Map.entry((int) '8', "b"),
            Map.entry((int) '9', "g"),
            Map.entry((int) '@', "a"),
            Map.entry((int) '$', "s"),
            Map.entry((int) '!', "i"));

    /** Where the confusables' own prototype is not the letter that a reader takes it for. */
    private static final Map<Integer, String> LOOKS =
            looks("\u043ak \u03bak \u03f0k \u045ck \u03b5e \u03ade \u03f5e \u0454e \u0442t \u043cm \u043fn"
                    + " \u0448w \u03c9w \u03c7x \u03b2b \u03c4t \u039ba \u042fr \u044fr");

    private final Normalizer2 nfkc = Normalizer2.getNFKCInstance();
    private final Normalizer2 nfc = Normalizer2.getNFCInstance();
    private final Transliterator simplify = Transliterator.getInstance("Traditional-Simplified");
    private final Transliterator ascii = Transliterator.getInstance("Latin-ASCII");
    private final SpoofChecker spoof = new SpoofChecker.Builder().build();
    private final StringBuilder out = new StringBuilder();

    public static void main(String[] args) throws IOException {
        Files.writeString(FILE, new FoldsMaker().make());
    }

    String make() {
        head();
        maps("width", cp -> raw(cp, Set.of(UCharacter.DecompositionType.WIDE, UCharacter.DecompositionType.NARROW)));
        maps("styles", this::style);
        maps("combining", this::base);
        maps("homoglyphs", this::look);
        maps("case", cp -> UCharacter.foldCase(string(cp), true));
        maps("traditional", cp -> UScript.getScript(cp) == UScript.HAN ? simplify.transliterate(string(cp)) : "");
        maps("leet", cp -> LEET.getOrDefault(cp, ""));
        sets("invisible", FoldsMaker::invisible);
        sets("mark", cp -> mark(cp) && !invisible(cp));
        sets("emoji", cp -> emoji(cp) && !invisible(cp));
        sets("separator", cp -> separator(cp) && !emoji(cp) && !invisible(cp));
        sets("letter", FoldsMaker::letter);
        sets("digit", cp -> UCharacter.getType(cp) == UCharacterCategory.DECIMAL_DIGIT_NUMBER);
        return out.toString();
    }

    private void head() {
        VersionInfo unicode = UCharacter.getUnicodeVersion();
        out.append("# How one code point folds. Source: ICU4J ").append(VersionInfo.ICU_VERSION.getMajor());
        out.append(", Unicode ").append(unicode.getMajor()).append('.').append(unicode.getMinor());
        out.append(
                " (normalization forms, case folding, confusables, Hant-Hans; licence Unicode-3.0); leet is ours.\n");
        out.append("# Made by FoldsMaker in the tests of this module; do not edit by hand.\n");
        out.append("# NAME FROM[..TO] TARGET...  a run of code points maps to a run of targets\n");
    }

    private interface Mapping {
        String of(int codePoint);
    }

    private void maps(String name, Mapping mapping) {
        TreeMap<Integer, String> found = new TreeMap<>();
        for (int cp = 0; cp <= 0x10FFFF; cp++) {
            if (!UCharacter.isDefined(cp) || UCharacter.getType(cp) == UCharacterCategory.SURROGATE) {
                continue;
            }
            String target = mapping.of(cp);
            if (!target.isEmpty() && !target.equals(string(cp))) {
                found.put(cp, target);
            }
        }
        for (Map.Entry<Integer, String> next = found.pollFirstEntry(); next != null; next = found.pollFirstEntry()) {
            int from = next.getKey();
            String first = next.getValue();
            int to = from;
            while (single(first)
                    && string(first.codePointAt(0) + to + 1 - from).equals(found.getOrDefault(to + 1, ""))) {
                found.remove(++to);
            }
            out.append(name).append(' ').append(range(from, to));
            first.codePoints().forEach(cp -> out.append(' ').append(hex(cp)));
            out.append('\n');
        }
    }

    private static boolean single(String text) {
        return text.codePointCount(0, text.length()) == 1;
    }

    private void sets(String name, IntPredicate in) {
        for (int cp = 0; cp <= 0x10FFFF; cp++) {
            if (!in.test(cp)) {
                continue;
            }
            int from = cp;
            while (cp + 1 <= 0x10FFFF && in.test(cp + 1)) {
                cp++;
            }
            out.append(name).append(' ').append(range(from, cp)).append('\n');
        }
    }

    private static String range(int from, int to) {
        return from == to ? hex(from) : hex(from) + ".." + hex(to);
    }

    private static String hex(int cp) {
        return String.format("%04X", cp);
    }

    private static String string(int cp) {
        return new String(Character.toChars(cp));
    }

    private String raw(int cp, Set<Integer> types) {
        if (!types.contains(UCharacter.getIntPropertyValue(cp, UProperty.DECOMPOSITION_TYPE))) {
            return "";
        }
        return onlyLetters(nfkc.getRawDecomposition(cp));
    }

    private String style(int cp) {
        int type = UCharacter.getIntPropertyValue(cp, UProperty.DECOMPOSITION_TYPE);
        if (type == UCharacter.DecompositionType.WIDE || type == UCharacter.DecompositionType.NARROW) {
            return "";
        }
        String name = UCharacter.getName(cp);
        String lettered = name == null ? "" : byName(cp, name);
        if (!lettered.isEmpty() || cp == 0x2122 || cp == 0x2120) {
            return lettered;
        }
        String whole = nfkc.normalize(string(cp));
        if (type == UCharacter.DecompositionType.CANONICAL) {
            // What one accented letter decomposes to is not style; a second code point for the same character is.
            return nfc.normalize(string(cp)).equals(string(cp)) ? "" : onlyLetters(nfc.normalize(string(cp)));
        }
        return type == UCharacter.DecompositionType.NONE ? "" : onlyLetters(whole);
    }

    /** Styled letters that Unicode gives no decomposition: their names say what they are. */
    private static String byName(int cp, String name) {
        for (String prefix : List.of(
                "NEGATIVE CIRCLED LATIN CAPITAL LETTER ",
                "NEGATIVE SQUARED LATIN CAPITAL LETTER ",
                "CROSSED NEGATIVE SQUARED LATIN CAPITAL LETTER ",
                "REGIONAL INDICATOR SYMBOL LETTER ",
                "LATIN LETTER SMALL CAPITAL ")) {
            if (name.startsWith(prefix) && name.length() == prefix.length() + 1) {
                return name.substring(prefix.length()).toLowerCase(Locale.ROOT);
            }
        }
        boolean numbered = name.contains("CIRCLED") && (name.contains(" DIGIT ") || name.contains(" NUMBER "));
        double value = UCharacter.getUnicodeNumericValue(cp);
        return numbered && value >= 0 && value == Math.rint(value) ? Integer.toString((int) value) : "";
    }

    private String base(int cp) {
        int script = UScript.getScript(cp);
        if (!UCharacter.isLetter(cp)) {
            return "";
        }
        if (script == UScript.LATIN && cp > 0x7F) {
            String plain = ascii.transliterate(string(cp));
            return plain.chars().allMatch(c -> c < 0x80 && Character.isLetter(c)) ? plain : "";
        }
        if (script == UScript.GREEK || script == UScript.CYRILLIC) {
            String whole = Normalizer2.getNFDInstance().normalize(string(cp));
            return onlyLetters(whole);
        }
        return "";
    }

    private String look(int cp) {
        if (LOOKS.containsKey(cp)) {
            return LOOKS.getOrDefault(cp, "");
        }
        if (cp < 0x80 || !letter(cp)) {
            return "";
        }
        StringBuilder plain = new StringBuilder();
        for (int one : spoof.getSkeleton(string(cp)).codePoints().toArray()) {
            String small = UCharacter.getName(one) == null ? "" : byName(one, UCharacter.getName(one));
            if (!mark(one)) {
                plain.append(small.isEmpty() ? ascii.transliterate(string(one)) : small);
            }
        }
        String target = plain.toString();
        boolean capitalI = target.equals("l") && UCharacter.isUUppercase(cp);
        boolean letters = target.chars().allMatch(c -> c < 0x80 && Character.isLetter(c));
        return !letters || target.length() > 1 ? "" : capitalI ? "i" : target;
    }

    private static Map<Integer, String> looks(String pairs) {
        return Arrays.stream(pairs.split(" ", -1))
                .collect(Collectors.toMap(pair -> pair.codePointAt(0), pair -> pair.substring(1)));
    }

    private static String onlyLetters(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .filter(cp -> !mark(cp) && !separator(cp) && !invisible(cp))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean invisible(int cp) {
        boolean control = UCharacter.getType(cp) == UCharacterCategory.CONTROL && !space(cp);
        boolean annotation = cp >= 0xFFF9 && cp <= 0xFFFB;
        return control || annotation || UCharacter.hasBinaryProperty(cp, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }

    private static boolean space(int cp) {
        return (cp >= 9 && cp <= 13) || cp == 0x85;
    }

    private static boolean mark(int cp) {
        int type = UCharacter.getType(cp);
        return type == UCharacterCategory.NON_SPACING_MARK || type == UCharacterCategory.ENCLOSING_MARK;
    }

    private static boolean emoji(int cp) {
        return cp > 0x7F
                && (UCharacter.hasBinaryProperty(cp, UProperty.EXTENDED_PICTOGRAPHIC)
                        || UCharacter.hasBinaryProperty(cp, UProperty.EMOJI_PRESENTATION)
                        || UCharacter.hasBinaryProperty(cp, UProperty.EMOJI_MODIFIER));
    }

    private static boolean separator(int cp) {
        return space(cp)
                || switch (UCharacter.getType(cp)) {
                    case UCharacterCategory.SPACE_SEPARATOR,
                            UCharacterCategory.LINE_SEPARATOR,
                            UCharacterCategory.PARAGRAPH_SEPARATOR,
                            UCharacterCategory.DASH_PUNCTUATION,
                            UCharacterCategory.START_PUNCTUATION,
                            UCharacterCategory.END_PUNCTUATION,
                            UCharacterCategory.CONNECTOR_PUNCTUATION,
                            UCharacterCategory.OTHER_PUNCTUATION,
                            UCharacterCategory.INITIAL_PUNCTUATION,
                            UCharacterCategory.FINAL_PUNCTUATION,
                            UCharacterCategory.MATH_SYMBOL,
                            UCharacterCategory.CURRENCY_SYMBOL,
                            UCharacterCategory.MODIFIER_SYMBOL,
                            UCharacterCategory.OTHER_SYMBOL -> true;
                    default -> false;
                };
    }

    private static boolean letter(int cp) {
        return UCharacter.isLetter(cp) && SPACED_SCRIPTS.contains(UScript.getScript(cp));
    }
}
