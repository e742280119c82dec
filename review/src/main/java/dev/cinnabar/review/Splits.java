package dev.cinnabar.review;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a pattern's characters as their parts, for {@link Fold#SPLIT}: each way to do so is one more word for the automaton. */
final class Splits {
    /** How many ways of writing one pattern are looked for; beyond that all its characters are split, or none, or one. */
    static final int MOST = 64;

    private static final Map<String, List<String>> PARTS = new HashMap<>();

    static {
        for (String line : Resource.lines("splits.txt")) {
            if (!line.startsWith("#")) {
                int space = line.indexOf(' ');
                PARTS.put(
                        line.substring(0, space),
                        List.of(line.substring(space + 1).split("\\|", -1)));
            }
        }
    }

    private Splits() {}

    /** The ways to write the feature's pattern; the first one is the pattern. */
    static List<String> ways(Feature feature) {
        if (!feature.folds().has(Fold.SPLIT)) {
            return List.of(feature.pattern());
        }
        List<List<String>> choices = new ArrayList<>();
        long count = 1;
        for (int letter : simple(feature).codePoints().toArray()) {
            List<String> ways = new ArrayList<>(List.of(Character.toString(letter)));
            ways.addAll(PARTS.getOrDefault(ways.getFirst(), List.of()));
            choices.add(ways);
            count = Math.min(MOST + 1, count * ways.size());
        }
        Set<String> all = new LinkedHashSet<>(List.of(feature.pattern()));
        if (count <= MOST) {
            all.addAll(every(choices, 0));
        } else {
            few(choices, all);
        }
        return List.copyOf(all);
    }

    /** The table is simplified; a traditional pattern is split like its simplified form when it asks for that fold. */
    private static String simple(Feature feature) {
        if (!feature.folds().has(Fold.TRADITIONAL)) {
            return feature.pattern();
        }
        StringBuilder simple = new StringBuilder();
        feature.pattern().codePoints().forEach(cp -> {
            int[] to = FoldData.map(Fold.TRADITIONAL).getOrDefault(cp, new int[] {cp});
            simple.append(new String(to, 0, to.length));
        });
        return simple.toString();
    }

    private static List<String> every(List<List<String>> choices, int from) {
        if (from == choices.size()) {
            return List.of("");
        }
        List<String> rests = every(choices, from + 1);
        return choices.get(from).stream()
                .flatMap(way -> rests.stream().map(way::concat))
                .toList();
    }

    private static void few(List<List<String>> choices, Set<String> all) {
        StringBuilder split = new StringBuilder();
        choices.forEach(ways -> split.append(ways.size() > 1 ? ways.get(1) : ways.getFirst()));
        all.add(split.toString());
        for (int i = 0; i < choices.size() && all.size() < MOST; i++) {
            for (String way : choices.get(i).subList(1, choices.get(i).size())) {
                StringBuilder one = new StringBuilder();
                for (int j = 0; j < choices.size(); j++) {
                    one.append(j == i ? way : choices.get(j).getFirst());
                }
                all.add(one.toString());
            }
        }
    }
}
