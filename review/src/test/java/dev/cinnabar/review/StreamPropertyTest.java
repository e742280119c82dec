package dev.cinnabar.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Seeded;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** For random features, texts and chunkings the engine finds what the slow {@link Reference} finds, and a stream releases neither too much nor too late. */
class StreamPropertyTest {
    private static final String[] LETTERS = {
        "a",
        "b",
        "A",
        "\u00e1",
        "\uff41",
        "\u24d0",
        "\u0430",
        "c",
        "1",
        "2",
        "\u2460",
        "\u2469",
        "\ufb01",
        "\u7532",
        "\u4e59",
        "\u8a08",
        "\u8ba1",
        "\ud840\udc0b",
        "\ud835\udcb6",
        "f",
        "i",
        "\u00df",
        "z"
    };
    private static final String[] BETWEEN = {
        " ",
        ".",
        "-",
        "\n",
        "\u3000",
        "\ud83d\ude00",
        "\u200b",
        "\u0301",
        "\u00ad",
        "\ufe0f",
        "\u202e",
        "\ud800",
        "\udc00",
        "\u05d0"
    };

    @Test
    void engineAndReferenceAgree() {
        run(60, 40);
    }

    @Test
    @Tag("deep")
    void engineAndReferenceAgreeForLong() {
        run(4_000, 150);
    }

    private static void run(int libraries, int texts) {
        long base = Seeded.base();
        for (int i = 0; i < libraries; i++) {
            List<Feature> features = features(Seeded.random(base + i));
            Library library = Library.compile("test", features);
            Reference reference = new Reference(features);
            try {
                Seeded.strings(texts, random -> text(random, features), text -> holds(library, reference, text));
            } catch (AssertionError e) {
                throw new AssertionError("with features of seed " + (base + i) + ": " + features, e);
            }
        }
    }

    private static List<Feature> features(RandomGenerator random) {
        List<Feature> all = new ArrayList<>();
        Folds shared = folds(random);
        for (int i = 0, count = random.nextInt(1, 6); i < count; i++) {
            Folds folds = random.nextInt(3) > 0 ? shared : folds(random);
            Action action = List.of(Action.NOTE, Action.HOLD, Action.BLOCK).get(random.nextInt(3));
            Feature feature = new Feature("f" + i, 1, pattern(random), risk(), Severity.LOW, action, folds);
            if (Library.objection(feature).isEmpty()) {
                all.add(feature);
            }
        }
        return all;
    }

    private static Risk risk() {
        return new Risk("A.1.a");
    }

    private static Folds folds(RandomGenerator random) {
        if (random.nextInt(3) == 0) {
            return Folds.DEFAULT;
        }
        EnumSet<Fold> some = EnumSet.noneOf(Fold.class);
        for (Fold fold : Fold.values()) {
            if (random.nextInt(3) > 0) {
                some.add(fold);
            }
        }
        return new Folds(some);
    }

    private static String pattern(RandomGenerator random) {
        StringBuilder pattern = new StringBuilder();
        int alphabet = random.nextInt(1, LETTERS.length + 1);
        for (int i = 0, length = random.nextInt(1, 6); i < length; i++) {
            pattern.append(LETTERS[random.nextInt(alphabet)]);
            if (random.nextInt(8) == 0) {
                pattern.append(BETWEEN[random.nextInt(4)]);
            }
        }
        return pattern.toString();
    }

    /** Pieces of the patterns, letters, and what may stand between them; now and then a run longer than the bounds. */
    private static String text(RandomGenerator random, List<Feature> features) {
        StringBuilder text = new StringBuilder();
        int noise = random.nextInt(1, 12);
        for (int i = 0, length = random.nextInt(30); i < length; i++) {
            int what = random.nextInt(12);
            String some = random.nextInt(noise) == 0
                    ? BETWEEN[random.nextInt(BETWEEN.length)]
                    : LETTERS[random.nextInt(LETTERS.length)];
            if (what < 6 && !features.isEmpty()) {
                String pattern = features.get(random.nextInt(features.size())).pattern();
                int from = random.nextInt(3) > 0 ? 0 : random.nextInt(pattern.length());
                int to = random.nextInt(3) > 0 ? pattern.length() : random.nextInt(from, pattern.length() + 1);
                scattered(random, noise, pattern.substring(from, to), text);
            } else if (what == 6 && random.nextInt(8) == 0) {
                int[] runs = {2, 3, 4, 8, 9, 10, 64, 65, 66, 256, 257};
                text.append(some.repeat(runs[random.nextInt(runs.length)]));
            } else if (what == 7 && random.nextInt(100) == 0) {
                text.append((some + ".\u200b".repeat(100)).repeat(random.nextInt(18, 23)));
            } else {
                text.append(some);
            }
        }
        return text.toString();
    }

    private static void scattered(RandomGenerator random, int noise, String pattern, StringBuilder text) {
        pattern.codePoints().forEach(cp -> {
            text.appendCodePoint(cp);
            if (random.nextInt(noise + 2) == 0) {
                String gap = BETWEEN[random.nextInt(BETWEEN.length)];
                text.append(random.nextInt(4) == 0 ? gap.repeat(random.nextInt(7, 11)) : gap);
            }
            if (random.nextInt(noise + 4) == 0) {
                text.appendCodePoint(cp);
            }
        });
    }

    private static boolean holds(Library library, Reference reference, String text) {
        List<Hit> expected = reference.hits(text);
        Verdict verdict = library.review(text);
        assertThat(verdict.hits()).isEqualTo(expected);
        streams(library, reference, text, expected, Seeded.random(text.hashCode()));
        return true;
    }

    private static void streams(
            Library library, Reference reference, String text, List<Hit> expected, RandomGenerator random) {
        Optional<Hit> firstStop = expected.stream()
                .filter(hit -> hit.feature().action() != Action.NOTE)
                .findFirst();
        int stopEnd = firstStop.map(Hit::end).orElse(Integer.MAX_VALUE);
        List<Hit> stops = expected.stream()
                .filter(hit -> hit.end() == stopEnd && hit.feature().action() != Action.NOTE)
                .toList();
        StreamReview stream = library.stream();
        StringBuilder out = new StringBuilder();
        List<Hit> notes = new ArrayList<>();
        int most = random.nextInt(1, 8);
        for (int at = 0; at < text.length(); ) {
            int to = Math.min(text.length(), at + random.nextInt(most + 1));
            Step step = stream.feed(text.substring(at, to));
            at = to;
            out.append(step.released());
            notes.addAll(step.notes());
            if (step.stop().isPresent()) {
                assertThat(step.stop().get().hits()).isEqualTo(stops);
                assertThat(stream.feed("more").released()).isEmpty();
                assertThat(stream.finish().released()).isEmpty();
                break;
            }
            assertThat(out.length() + stream.held()).isEqualTo(to);
            if (random.nextInt(4 + text.length() / 8) == 0 || to == text.length()) {
                noLonger(reference, text.substring(0, to), out.length());
            }
        }
        Step end = stream.finish();
        out.append(end.released());
        notes.addAll(end.notes());
        assertThat(end.stop().map(Verdict::hits).orElse(List.of())).isEqualTo(stops);
        assertThat(out.toString())
                .isEqualTo(firstStop.map(hit -> text.substring(0, hit.start())).orElse(text));
        assertThat(notes)
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .filter(hit -> hit.feature().action() == Action.NOTE && hit.end() <= stopEnd)
                        .toList());
    }

    /** Everything before the live prefix is out; half a surrogate pair at the end waits for its other half. */
    private static void noLonger(Reference reference, String fed, int released) {
        boolean half = !fed.isEmpty() && Character.isHighSurrogate(fed.charAt(fed.length() - 1));
        String read = half ? fed.substring(0, fed.length() - 1) : fed;
        int live = reference.live(read);
        for (Hit hit : reference.decided(read)) {
            // A stop that waits for a word boundary of another set of folds before it.
            live = hit.feature().action() == Action.NOTE ? live : Math.min(live, hit.start());
        }
        assertThat(released).isEqualTo(live);
    }
}
