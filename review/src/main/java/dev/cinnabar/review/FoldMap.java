package dev.cinnabar.review;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What one set of folds makes of each code point: itself, other code points, or something to pass over. */
final class FoldMap {
    /** Instead of a code point: passed over without being counted among the separators (zero-width characters and marks). */
    static final int INVISIBLE = -1;

    /** Instead of a code point: passed over a few at a time (separators and emoji). */
    static final int SEPARATOR = -2;

    /** Instead of a code point: there are several, to be asked of {@link #fold}. */
    static final int SEVERAL = -3;

    /** The sets of folds used last; a map takes a megabyte and some milliseconds to make. */
    private static final Map<Folds, FoldMap> KNOWN = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Folds, FoldMap> eldest) {
            return size() > 32;
        }
    };

    private static final int ROUNDS = 4;

    private final Folds folds;
    private final Map<Integer, int[]> changed = new HashMap<>();
    private final int[] single = IntStream.range(0, 0x10000).toArray();

    private FoldMap(Folds folds) {
        this.folds = folds;
        Set<Integer> touched = new HashSet<>();
        FoldData.MAPPING.stream()
                .filter(folds::has)
                .forEach(fold -> touched.addAll(FoldData.map(fold).keySet()));
        for (BitSet set : new BitSet[] {FoldData.INVISIBLE, FoldData.MARK, FoldData.SEPARATOR, FoldData.EMOJI}) {
            // The tags and variation selectors of plane 14 are thousands; they are asked one by one.
            set.stream().filter(cp -> cp < 0xE0000).forEach(touched::add);
        }
        touched.forEach(this::settle);
    }

    static FoldMap of(Folds folds) {
        synchronized (KNOWN) {
            return KNOWN.computeIfAbsent(folds, FoldMap::new);
        }
    }

    /** The code points it folds to, or only {@link #INVISIBLE}, or only {@link #SEPARATOR}. */
    int[] fold(int codePoint) {
        int[] known = changed.get(codePoint);
        if (known != null) {
            return known;
        }
        return codePoint >= 0xE0000 ? folded(codePoint) : new int[] {codePoint};
    }

    /** For a code point below 0x10000: the one code point it folds to, or one of the constants above. */
    int single(int codePoint) {
        return single[codePoint];
    }

    /** The code points above 0xFFFF and below 0xE0000 that do not fold to themselves. */
    IntStream changedHigh() {
        return changed.keySet().stream().mapToInt(cp -> cp).filter(cp -> cp > 0xFFFF);
    }

    /** The code points that fold to several. */
    IntStream several() {
        return changed.entrySet().stream()
                .filter(entry -> entry.getValue().length > 1)
                .mapToInt(Map.Entry::getKey);
    }

    private void settle(int codePoint) {
        int[] to = folded(codePoint);
        if (to.length == 1 && to[0] == codePoint) {
            return;
        }
        changed.put(codePoint, to);
        if (codePoint <= 0xFFFF) {
            single[codePoint] = to.length > 1 ? SEVERAL : to[0];
        }
    }

    private int[] folded(int codePoint) {
        int[] now = {codePoint};
        for (int round = 0; round < ROUNDS; round++) {
            int[] before = now;
            for (Fold fold : FoldData.MAPPING) {
                if (folds.has(fold)) {
                    now = mapped(now, FoldData.map(fold));
                }
            }
            if (Arrays.equals(before, now)) {
                break;
            }
        }
        int[] kept = Arrays.stream(now)
                .filter(cp -> !invisible(cp) && !separator(cp))
                .toArray();
        if (kept.length > 0) {
            return kept;
        }
        return new int[] {Arrays.stream(now).allMatch(this::invisible) ? INVISIBLE : SEPARATOR};
    }

    private static int[] mapped(int[] from, Map<Integer, int[]> map) {
        return Arrays.stream(from)
                .flatMap(cp -> Arrays.stream(map.getOrDefault(cp, new int[] {cp})))
                .toArray();
    }

    private boolean invisible(int cp) {
        return (folds.has(Fold.ZERO_WIDTH) && FoldData.INVISIBLE.get(cp))
                || (folds.has(Fold.COMBINING) && FoldData.MARK.get(cp));
    }

    private boolean separator(int cp) {
        return (folds.has(Fold.SEPARATORS) && FoldData.SEPARATOR.get(cp))
                || (folds.has(Fold.EMOJI) && FoldData.EMOJI.get(cp));
    }
}
