package dev.cinnabar.review;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The committed data of {@code folds.txt}: for each fold what a code point turns into, and which code points may be passed over. */
final class FoldData {
    static final BitSet INVISIBLE = new BitSet();
    static final BitSet MARK = new BitSet();
    static final BitSet EMOJI = new BitSet();
    static final BitSet SEPARATOR = new BitSet();
    private static final BitSet LETTER = new BitSet();
    private static final BitSet DIGIT = new BitSet();
    private static final Map<String, BitSet> SETS = Map.of(
            "invisible",
            INVISIBLE,
            "mark",
            MARK,
            "emoji",
            EMOJI,
            "separator",
            SEPARATOR,
            "letter",
            LETTER,
            "digit",
            DIGIT);
    private static final Map<Fold, Map<Integer, int[]>> MAPS = new EnumMap<>(Fold.class);

    /** In this order a code point is folded: looks before case, for a capital and its small letter may look like different letters. */
    static final List<Fold> MAPPING =
            List.of(Fold.WIDTH, Fold.STYLES, Fold.COMBINING, Fold.HOMOGLYPHS, Fold.CASE, Fold.TRADITIONAL, Fold.LEET);

    static {
        MAPPING.forEach(fold -> MAPS.put(fold, new HashMap<>()));
        for (String line : Resource.lines("folds.txt")) {
            if (!line.startsWith("#")) {
                read(line.split(" ", -1));
            }
        }
    }

    private FoldData() {}

    /** What the fold turns each code point into; those it leaves alone are not in it. */
    static Map<Integer, int[]> map(Fold fold) {
        return MAPS.getOrDefault(fold, Map.of());
    }

    /** What a code point is beside a keyword's edge: a letter of a spaced script (or a mark on one), a digit, or neither. */
    static int kind(int codePoint) {
        if (LETTER.get(codePoint) || MARK.get(codePoint)) {
            return Symbols.LETTER;
        }
        return DIGIT.get(codePoint) ? Symbols.DIGIT : Symbols.NEITHER;
    }

    private static void read(String[] words) {
        int dots = words[1].indexOf("..");
        int from = Integer.parseInt(dots < 0 ? words[1] : words[1].substring(0, dots), 16);
        int to = dots < 0 ? from : Integer.parseInt(words[1].substring(dots + 2), 16);
        BitSet set = SETS.get(words[0]);
        if (set != null) {
            set.set(from, to + 1);
            return;
        }
        Map<Integer, int[]> map = map(Fold.of(words[0]).orElseThrow());
        int[] target = new int[words.length - 2];
        for (int i = 0; i < target.length; i++) {
            target[i] = Integer.parseInt(words[i + 2], 16);
        }
        for (int cp = from; cp <= to; cp++) {
            map.put(cp, from == to ? target : new int[] {target[0] + cp - from});
        }
    }
}
