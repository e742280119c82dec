package dev.cinnabar.review;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a match is, written down a second time without automaton, ring or streaming: tries every feature at every place. Slow and plain. */
final class Reference {
    private static final int INVISIBLE = FoldMap.INVISIBLE;
    private static final int SEPARATOR = FoldMap.SEPARATOR;

    private final List<Way> features;

    /** Each feature as often as there are ways to write it. */
    Reference(List<Feature> features) {
        this.features = new ArrayList<>();
        for (Feature feature : features) {
            Set<List<Integer>> known = new HashSet<>();
            for (String way : Splits.ways(feature)) {
                List<Integer> folded = new ArrayList<>();
                way.codePoints().forEach(cp -> {
                    for (int letter : FoldMap.of(feature.folds()).fold(cp)) {
                        if (letter >= 0) {
                            folded.add(letter);
                        }
                    }
                });
                if (known.add(folded)) {
                    this.features.add(new Way(feature, way));
                }
            }
        }
    }

    private record Way(Feature feature, String pattern) {}

    /** A folded letter, or something passed over, with the place of the code point it came from. */
    private record Token(int letter, int start, int end) {}

    /** Letters of one kind in a row, each by its number among the tokens. */
    private record Item(int letter, List<Integer> at) {
        int kind() {
            return FoldData.kind(letter);
        }
    }

    List<Hit> hits(String text) {
        List<Hit> hits = new ArrayList<>();
        for (Way feature : features) {
            new Reading(feature, text).hits(hits);
        }
        Collections.sort(hits);
        return hits;
    }

    /** The hits that no further text can take back. */
    List<Hit> decided(String text) {
        List<Hit> hits = new ArrayList<>();
        for (Way feature : features) {
            Reading reading = new Reading(feature, text);
            reading.open = true;
            reading.hits(hits);
        }
        Collections.sort(hits);
        return hits;
    }

    /** The first unit that may still be part of a match when more text follows. */
    int live(String text) {
        int live = text.length();
        for (Way feature : features) {
            live = Math.min(live, new Reading(feature, text).live());
        }
        return live;
    }

    private static final class Reading {
        final Feature feature;
        final String text;
        final boolean inside;
        final boolean repeated;
        final List<Token> tokens;
        final List<Item> word;
        final List<List<Item>> runs = new ArrayList<>();
        boolean open;

        Reading(Way way, String text) {
            feature = way.feature;
            this.text = text;
            inside = feature.folds().has(Fold.INSIDE_WORDS);
            repeated = feature.folds().has(Fold.REPEATED);
            List<List<Item>> pattern = runs(tokens(way.pattern), false);
            word = pattern.getFirst();
            tokens = tokens(text);
            runs.addAll(runs(tokens, true));
        }

        List<Token> tokens(String from) {
            List<Token> all = new ArrayList<>();
            FoldMap map = FoldMap.of(feature.folds());
            for (int at = 0; at < from.length(); ) {
                int cp = from.codePointAt(at);
                int end = at + Character.charCount(cp);
                for (int letter : map.fold(cp)) {
                    all.add(new Token(letter, at, end));
                }
                at = end;
            }
            return all;
        }

        /** Items that could be neighbours in a match, one list for each stretch without a gap too wide. */
        List<List<Item>> runs(List<Token> from, boolean bounded) {
            List<List<Item>> all = new ArrayList<>();
            List<Item> run = new ArrayList<>();
            int separators = 0;
            int invisibles = 0;
            for (int i = 0; i < from.size(); i++) {
                int letter = from.get(i).letter;
                if (letter == SEPARATOR) {
                    separators++;
                } else if (letter == INVISIBLE) {
                    invisibles++;
                } else {
                    if (bounded && (separators > Bounds.SEPARATORS || invisibles > Bounds.INVISIBLES)) {
                        all.add(run);
                        run = new ArrayList<>();
                    }
                    separators = 0;
                    invisibles = 0;
                    boolean again = repeated
                            && !run.isEmpty()
                            && run.getLast().letter == letter
                            && FoldData.kind(letter) != Symbols.DIGIT;
                    if (again) {
                        run.getLast().at.add(i);
                    } else {
                        run.add(new Item(letter, new ArrayList<>(List.of(i))));
                    }
                }
            }
            all.add(run);
            return all;
        }

        void hits(List<Hit> hits) {
            for (List<Item> run : runs) {
                for (int first = 0; first + word.size() <= run.size(); first++) {
                    if (same(run, first, word.size())) {
                        Item last = run.get(first + word.size() - 1);
                        for (int count = 1; count <= last.at.size(); count++) {
                            hit(run, first, count, hits);
                        }
                    }
                }
            }
        }

        boolean same(List<Item> run, int first, int length) {
            for (int i = 0; i < length; i++) {
                if (run.get(first + i).letter != word.get(i).letter) {
                    return false;
                }
            }
            return true;
        }

        void hit(List<Item> run, int first, int lastCount, List<Hit> hits) {
            int lastIndex = first + word.size() - 1;
            Item last = run.get(lastIndex);
            boolean waits = last.kind() != Symbols.NEITHER && !inside;
            if (first < lastIndex && lastCount > Bounds.REPEATS) {
                return;
            }
            boolean enough = true;
            boolean doubled = true;
            for (int i = first; i <= lastIndex; i++) {
                int count = i == lastIndex ? lastCount : run.get(i).at.size();
                if (i > first && i < lastIndex && count > Bounds.REPEATS) {
                    return;
                }
                enough &= enough(count, word.get(i - first).at.size(), run.get(i), i == first, i == lastIndex, waits);
                doubled &= count >= 2 * word.get(i - first).at.size();
            }
            if (!enough && !(doubled && waits)) {
                return;
            }
            int begin = begin(
                    run.get(first),
                    first == lastIndex ? lastCount : run.get(first).at.size());
            int end = tokens.get(last.at.get(lastCount - 1)).end;
            int start = tokens.get(begin).start;
            if (!begins(run.get(first), begin) || end - start > Bounds.SPAN) {
                return;
            }
            int after = waits ? after(last.at.get(lastCount - 1)) : -1;
            if (waits && (after == last.kind() || (after == OPEN && open))) {
                return;
            }
            hits.add(new Hit(feature, start, end, text.substring(start, end)));
        }

        /** In a run longer than allowed the last letter is the beginning. */
        int begin(Item first, int count) {
            return first.at.get(count > Bounds.REPEATS ? count - 1 : 0);
        }

        boolean enough(int count, int want, Item item, boolean first, boolean last, boolean waits) {
            if (last && !waits) {
                return count == want;
            }
            if (item.kind() == Symbols.NEITHER || (first && inside)) {
                return count >= want;
            }
            return count == want || count >= Math.max(3, want);
        }

        boolean begins(Item first, int token) {
            return inside || first.kind() == Symbols.NEITHER || before(token) != first.kind();
        }

        int before(int token) {
            int invisibles = 0;
            for (int i = token - 1; i >= 0; i--) {
                int letter = tokens.get(i).letter;
                if (letter == SEPARATOR) {
                    return Symbols.NEITHER;
                }
                if (letter != INVISIBLE) {
                    return FoldData.kind(letter);
                }
                if (++invisibles > Bounds.INVISIBLES) {
                    return Symbols.NEITHER;
                }
            }
            return Symbols.NEITHER;
        }

        static final int OPEN = 99;

        int after(int token) {
            int invisibles = 0;
            for (int i = token + 1; i < tokens.size(); i++) {
                int letter = tokens.get(i).letter;
                if (letter == SEPARATOR) {
                    return Symbols.NEITHER;
                }
                if (letter != INVISIBLE) {
                    return FoldData.kind(letter);
                }
                if (++invisibles > Bounds.INVISIBLES) {
                    return Symbols.NEITHER;
                }
            }
            return OPEN;
        }

        int live() {
            int live = text.length();
            List<Item> run = runs.getLast();
            for (int first = 0; first < run.size(); first++) {
                int length = run.size() - first;
                if (length <= word.size() && same(run, first, length) && reaches(run)) {
                    live = Math.min(live, live(run, first, length));
                }
            }
            List<Hit> undecided = new ArrayList<>();
            hits(undecided);
            List<Hit> decided = new ArrayList<>();
            open = true;
            hits(decided);
            undecided.removeAll(decided);
            return undecided.stream().mapToInt(Hit::start).reduce(live, Math::min);
        }

        int live(List<Item> run, int first, int length) {
            Item last = run.getLast();
            for (int i = first + 1; i < run.size(); i++) {
                if (run.get(i).at.size() > Bounds.REPEATS) {
                    return text.length();
                }
            }
            int begin = begin(run.get(first), run.get(first).at.size());
            int start = tokens.get(begin).start;
            if (!begins(run.get(first), begin) || text.length() - start >= Bounds.SPAN) {
                return text.length();
            }
            if (length < word.size()) {
                return start;
            }
            boolean waits = last.kind() != Symbols.NEITHER && !inside;
            boolean more = last.at.size() < word.getLast().at.size();
            boolean grows = repeated && last.kind() != Symbols.DIGIT && (waits || more);
            return grows ? start : text.length();
        }

        /** Whether the gap behind the last item is still narrow enough to go on. */
        boolean reaches(List<Item> run) {
            int separators = 0;
            int invisibles = 0;
            for (int i = run.getLast().at.getLast() + 1; i < tokens.size(); i++) {
                separators += tokens.get(i).letter == SEPARATOR ? 1 : 0;
                invisibles += tokens.get(i).letter == INVISIBLE ? 1 : 0;
            }
            return separators <= Bounds.SEPARATORS && invisibles <= Bounds.INVISIBLES;
        }
    }
}
