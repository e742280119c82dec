package dev.cinnabar.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Seeded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** How a blocked word is disguised, and what share of the disguises is found. The disguises are written out here, not taken from the fold table. */
class EvasionTest {
    private static final Map<String, String> CHINESE = new LinkedHashMap<>();
    private static final List<String> LATIN = List.of(
            "moonlit teapot",
            "midnight marmalade",
            "paper lighthouse",
            "velvet compass",
            "walnut orchestra",
            "copper umbrella",
            "sleepy accordion",
            "bottled thunder");
    private static final String[] GAPS = {
        ".", "-", "_", "*", "\u00b7", "\uff0c", "|", "/", "~", "\u3002", "\u3001", "\u2026", "\u2022", "+", "=", "#",
        "^", "\u300c", "\uff08", "--", "*~*"
    };
    private static final String[] SPACES = {" ", "\u3000", "\t", "\n", "\u00a0", "\u2009", "\r\n", "   ", "\u2003"};
    private static final String[] ZERO = {
        "\u200b",
        "\u200c",
        "\u200d",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\u202e",
        "\u2066",
        "\u200f",
        "\ufe0f",
        "\u034f",
        "\u3164",
        "\u200b\u200d\u200b"
    };
    private static final String[] EMOJI = {
        "\ud83d\ude00",
        "\u2764\ufe0f",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\ud83d\udc4d\ud83c\udffd",
        "\u2b50",
        "\u2600\ufe0f",
        "\ud83e\udd16\ud83d\udd25"
    };
    private static final String[] MARKS = {
        "\u0301", "\u0336", "\u0489", "\u20dd", "\u0e34", "\u0300\u0301\u0302\u0303\u0304"
    };
    private static final String CYRILLIC_FROM = "aceopxyijskmtbhAOCEPXTMBKH";
    private static final String CYRILLIC_TO =
            "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455\u043a\u043c\u0442\u0432\u043d\u0410\u041e\u0421\u0415\u0420\u0425\u0422\u041c\u0412\u041a\u041d";
    private static final String GREEK_FROM = "aovpntieku";
    private static final String GREEK_TO = "\u03b1\u03bf\u03bd\u03c1\u03b7\u03c4\u03b9\u03b5\u03ba\u03c5";

    static {
        CHINESE.put("\u7d2b\u6a80\u8336\u58f6\u8ba1\u5212", "\u7d2b\u6a80\u8336\u58fa\u8a08\u5283");
        CHINESE.put("\u82f9\u679c\u6d3e\u5bf9", "\u860b\u679c\u6d3e\u5c0d");
        CHINESE.put("\u9752\u94dc\u98ce\u94c3\u534f\u8bae", "\u9752\u9285\u98a8\u9234\u5354\u8b70");
        CHINESE.put("\u7425\u73c0\u96e8\u4f1e\u4f20\u95fb", "\u7425\u73c0\u96e8\u5098\u50b3\u805e");
        CHINESE.put("\u7eb8\u706f\u5854\u7597\u6cd5", "\u7d19\u71c8\u5854\u7642\u6cd5");
        CHINESE.put("\u84dd\u8393\u95e8\u536b\u7b11\u8bdd", "\u85cd\u8393\u9580\u885b\u7b11\u8a71");
        CHINESE.put("\u53e3\u7434\u6298\u6263\u8054\u76df", "\u53e3\u7434\u6298\u6263\u806f\u76df");
        CHINESE.put("\u4e91\u4e2d\u949f\u8868\u5e97", "\u96f2\u4e2d\u9418\u9336\u5e97");
        CHINESE.put("\u9f99\u98de\u4e66\u7b7e", "\u9f8d\u98db\u66f8\u7c64");
        CHINESE.put("\u6d77\u5c9b\u9762\u6761\u8bfe", "\u6d77\u5cf6\u9eb5\u689d\u8ab2");
    }

    private final Library library;
    private final StringBuilder table = new StringBuilder();

    EvasionTest() {
        List<String> all = new ArrayList<>(CHINESE.keySet());
        all.addAll(LATIN);
        library = Samples.blocking(all.toArray(new String[0]));
    }

    @Test
    void disguisesAreFound() {
        List<String> chinese = List.copyOf(CHINESE.keySet());
        List<String> both = new ArrayList<>(chinese);
        both.addAll(LATIN);
        assertThat(share("plain", both, w -> w)).isEqualTo(1.0);
        good(share("upper case", LATIN, w -> w.toUpperCase(java.util.Locale.ROOT)));
        good(share("traditional", chinese, w -> CHINESE.getOrDefault(w, "")));
        good(share("full width", LATIN, EvasionTest::fullWidth));
        good(share("separators", both, random((w, r) -> between(w, r, GAPS))));
        good(share("spaces", both, random((w, r) -> between(w, r, SPACES))));
        good(share("zero width", both, random((w, r) -> between(w, r, ZERO))));
        good(share("emoji", both, random((w, r) -> between(w, r, EMOJI))));
        good(share("marks", both, random((w, r) -> between(w, r, MARKS))));
        good(share("homoglyphs", LATIN, random(EvasionTest::homoglyphs)));
        good(share("styles", LATIN, random(EvasionTest::styled)));
        good(share("accents", LATIN, EvasionTest::accents));
        good(share("repeated", both, random(EvasionTest::repeated)));
        good(share("joined", LATIN, w -> w.replace(" ", "")));
        splitCharacters();
        good(share("mixed", both, random(EvasionTest::mixed)));
        System.out.println(table);
    }

    /** Asked for by the feature: each character that has well-known parts is written as them, some or all. */
    private void splitCharacters() {
        Map<String, List<String>> split = Map.of(
                "\u82f9\u679c\u6d3e\u5bf9",
                        List.of("\u8349\u5e73\u679c\u6d3e\u53c8\u5bf8", "\u82f9\u679c\u6d3e\u53c8\u5bf8"),
                "\u9752\u94dc\u98ce\u94c3\u534f\u8bae",
                        List.of(
                                "\u9752\u91d1\u540c\u98ce\u91d1\u4ee4\u534f\u8a00\u4e49",
                                "\u9752\u94dc\u98ce\u94c3\u5341 \u529e\u8bae"),
                "\u7d2b\u6a80\u8336\u58f6\u8ba1\u5212",
                        List.of(
                                "\u7d2b\u6a80\u8336\u58f6\u8a00\u5341\u6208\u5200",
                                "\u6b64\u7cf8\u6a80\u8336\u58f6\u8ba1\u5212"),
                "\u53e3\u7434\u6298\u6263\u8054\u76df",
                        List.of("\u53e3\u7434\u624b\u65a4\u624b\u53e3\u8033\u5173\u660e\u76bf"),
                "\u84dd\u8393\u95e8\u536b\u7b11\u8bdd",
                        List.of("\u8279\u76d1\u8279\u6bcf\u95e8\u536b\u7af9\u592d\u8ba0\u820c"));
        Folds folds = Samples.folds("split+separators+repeated");
        Library asked = Samples.blocking(folds, split.keySet().toArray(new String[0]));
        split.forEach((word, ways) -> ways.forEach(way -> {
            assertThat(asked.review("\u8bf4" + way).hits())
                    .as(way)
                    .extracting(Hit::matched)
                    .contains(way);
            assertThat(library.review("\u8bf4" + way).hits()).isEmpty();
        }));
    }

    private static void good(double share) {
        assertThat(share).isGreaterThanOrEqualTo(0.95);
    }

    private interface Disguise {
        String of(String word, RandomGenerator random);
    }

    private static UnaryOperator<String> random(Disguise disguise) {
        RandomGenerator random = Seeded.random(4711);
        return word -> disguise.of(word, random);
    }

    /** The share found of 40 disguises of each word, in the middle of a sentence; the hit must cover the disguise. */
    private double share(String name, List<String> words, UnaryOperator<String> disguise) {
        int found = 0;
        for (String word : words) {
            for (int i = 0; i < 40; i++) {
                String hidden = disguise.apply(word);
                String text = "\u4eca\u5929\u8bf4 " + hidden + " \u3002ok";
                int from = text.indexOf(hidden);
                Verdict verdict = library.review(text);
                boolean covered = verdict instanceof Verdict.Block
                        && verdict.hits().stream()
                                .anyMatch(hit -> hit.start() <= from + 1
                                        && hit.end() >= from + hidden.strip().length() - 9);
                found += covered ? 1 : 0;
            }
        }
        double share = found / (40.0 * words.size());
        table.append(String.format("%-12s %5.1f %%%n", name, share * 100));
        return share;
    }

    private static String between(String word, RandomGenerator random, String[] gaps) {
        StringBuilder out = new StringBuilder();
        String gap = gaps[random.nextInt(gaps.length)];
        boolean same = random.nextBoolean();
        int[] letters = word.codePoints().toArray();
        for (int i = 0; i < letters.length; i++) {
            out.appendCodePoint(letters[i]);
            if (i + 1 < letters.length && (same || random.nextInt(3) > 0)) {
                out.append(same ? gap : gaps[random.nextInt(gaps.length)]);
            }
        }
        return out.toString();
    }

    private static String fullWidth(String word) {
        StringBuilder out = new StringBuilder();
        word.chars().forEach(c -> out.append(c == ' ' ? '\u3000' : (char) (c + 0xFEE0)));
        return out.toString();
    }

    private static String homoglyphs(String word, RandomGenerator random) {
        boolean greek = random.nextInt(3) == 0;
        String from = greek ? GREEK_FROM : CYRILLIC_FROM;
        String to = greek ? GREEK_TO : CYRILLIC_TO;
        StringBuilder out = new StringBuilder();
        word.chars().forEach(c -> {
            char used = (char) (random.nextInt(4) == 0 ? Character.toUpperCase(c) : c);
            int at = from.indexOf(used);
            out.append(at >= 0 && random.nextInt(4) > 0 ? to.charAt(at) : used);
        });
        return out.toString();
    }

    private static String styled(String word, RandomGenerator random) {
        // Circled, negative circled, squared, negative squared, bold, script, double-struck, monospace, regional, full
        // width.
        int[] first = {0x24D0, 0x1F150, 0x1F130, 0x1F170, 0x1D41A, 0x1D4EA, 0x1D552, 0x1D68A, 0x1F1E6, 0xFF41};
        int style = first[random.nextInt(first.length)];
        StringBuilder out = new StringBuilder();
        word.chars().forEach(c -> out.appendCodePoint(c == ' ' ? ' ' : style + c - 'a'));
        return out.toString();
    }

    private static String accents(String word) {
        return word.replace('a', '\u00e4')
                .replace('e', '\u00e9')
                .replace('o', '\u00f8')
                .replace('l', '\u0142')
                .replace('n', '\u00f1')
                .replace('i', '\u0131');
    }

    /** Chinese letters once or several times; Latin ones some three to six times, for two may be another word. */
    private static String repeated(String word, RandomGenerator random) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            boolean doubled = (i > 0 && word.charAt(i - 1) == word.charAt(i))
                    || (i + 1 < word.length() && word.charAt(i + 1) == word.charAt(i));
            int times =
                    word.charAt(i) > 0x7F ? random.nextInt(1, 5) : random.nextInt(3) == 0 ? random.nextInt(3, 7) : 1;
            out.append(String.valueOf(word.charAt(i)).repeat(doubled ? 1 : times));
        }
        return out.toString();
    }

    private static String mixed(String word, RandomGenerator random) {
        String base = word.charAt(0) > 0x7F
                ? random.nextBoolean() ? CHINESE.getOrDefault(word, word) : word
                : random.nextBoolean() ? homoglyphs(word, random) : accents(word);
        String[][] gaps = {GAPS, SPACES, ZERO, EMOJI, MARKS};
        String once = between(base, random, gaps[random.nextInt(gaps.length)]);
        return random.nextBoolean() ? once : once.replace("\u200b", "") + "";
    }
}
