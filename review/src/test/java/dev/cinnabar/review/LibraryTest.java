package dev.cinnabar.review;

import static dev.cinnabar.review.Samples.block;
import static dev.cinnabar.review.Samples.feature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.testkit.Seeded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LibraryTest {
    private static final Feature TEAPOT = block("moonlit teapot");
    private static final Feature WALNUT = feature("walnut", Action.NOTE, Folds.DEFAULT);
    private static final Feature UMBRELLA = feature("\u7425\u73c0\u96e8\u4f1e", Action.HOLD, Folds.DEFAULT);
    private static final Library LIBRARY = Library.compile("7", List.of(TEAPOT, WALNUT, UMBRELLA));

    @Test
    void theStrongestActionDecidesAndEveryHitIsTold() {
        assertThat(LIBRARY.review("walnut")).isEqualTo(new Verdict.Pass(List.of(new Hit(WALNUT, 0, 6, "walnut"))));
        assertThat(LIBRARY.review("a walnut, \u7425\u73c0\u96e8\u5098").word()).isEqualTo("hold");
        Verdict verdict = LIBRARY.review("\u7425\u73c0\u96e8\u5098 walnut Moonlit-Teapot.");
        assertThat(verdict)
                .isEqualTo(new Verdict.Block(List.of(
                        new Hit(UMBRELLA, 0, 4, "\u7425\u73c0\u96e8\u5098"),
                        new Hit(WALNUT, 5, 11, "walnut"),
                        new Hit(TEAPOT, 12, 26, "Moonlit-Teapot"))));
    }

    @Test
    void offsetsAreThoseOfTheOriginal() {
        String text = "\ud83d\ude00\u200b \uff2d\u200b\u24de\u24de\u0301nlit \u3000te\u00e4pot!";
        Hit hit = LIBRARY.review(text).hits().getFirst();
        assertThat(text.substring(hit.start(), hit.end()))
                .isEqualTo(hit.matched())
                .startsWith("\uff2d")
                .endsWith("pot");
    }

    @Test
    void aStreamStopsAtTheFirstStopAndSaysSoEverAfter() {
        StreamReview stream = LIBRARY.stream();
        assertThat(stream.feed("Tell me: moonlit ")).isEqualTo(new Step("Tell me: ", List.of(), Optional.empty()));
        assertThat(stream.held()).isEqualTo(8);
        assertThat(stream.feed("teapot").released()).isEmpty();
        Step step = stream.feed("s and teapot");
        assertThat(step.stop()).isEmpty();
        assertThat(step.released()).isEqualTo("moonlit teapots and teapot");
        assertThat(stream.feed(" moonlit teapot")).isEqualTo(new Step(" ", List.of(), Optional.empty()));
        Step stop = stream.finish();
        assertThat(stop.released()).isEmpty();
        assertThat(stop.stop().orElseThrow().hits()).containsExactly(new Hit(TEAPOT, 36, 50, "moonlit teapot"));
        assertThat(stream.held()).isZero();
        assertThat(stream.finish().stop()).isPresent();
        assertThatThrownBy(() -> stream.feed("x")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anOverlayIsAsGoodAsCompilingAnew() {
        RandomGenerator random = Seeded.random(Seeded.base());
        for (int round = 0; round < 40; round++) {
            List<Feature> base = some(random, "a", 6);
            List<Feature> more = some(random, random.nextBoolean() ? "a" : "b", 3);
            List<Feature> last = some(random, "b", 2);
            Set<String> gone = Set.of("a1", "b0");
            Library on = Library.compile("1", base).with(more).with(last).without("4", gone);
            List<Feature> all = merged(merged(base, more), last);
            all.removeIf(feature -> gone.contains(feature.id()));
            Library anew = Library.compile("4", all);
            assertThat(on.size()).isEqualTo(anew.size());
            for (int i = 0; i < 30; i++) {
                String text = word(random, 40);
                assertThat(on.review(text)).as("%s in %s", text, all).isEqualTo(anew.review(text));
                assertThat(Samples.released(on, text))
                        .as("%s in %s", text, all)
                        .isEqualTo(Samples.released(anew, text));
            }
        }
    }

    private static List<Feature> some(RandomGenerator random, String prefix, int count) {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Folds folds = random.nextBoolean() ? Folds.DEFAULT : Samples.folds("case+separators");
            Action action = List.of(Action.NOTE, Action.HOLD, Action.BLOCK).get(random.nextInt(3));
            features.add(new Feature(prefix + i, 1, word(random, 4), new Risk("A.2.a"), Severity.LOW, action, folds));
        }
        features.removeIf(feature -> Library.objection(feature).isPresent());
        return features;
    }

    private static String word(RandomGenerator random, int longest) {
        StringBuilder word = new StringBuilder();
        for (int i = 0, length = random.nextInt(1, longest + 1); i < length; i++) {
            word.append("\u7532\u4e59\u4e19ab ".charAt(random.nextInt(6)));
        }
        return word.toString();
    }

    private static List<Feature> merged(List<Feature> old, List<Feature> more) {
        Set<String> ids = more.stream().map(Feature::id).collect(Collectors.toSet());
        List<Feature> all = new ArrayList<>(old);
        all.removeIf(feature -> ids.contains(feature.id()));
        all.addAll(more);
        return all;
    }

    @Test
    void aVersionNamesWhatIsOnTop() {
        Library one = LIBRARY.with(List.of(block("copper")));
        assertThat(one.version())
                .startsWith("7+")
                .isEqualTo(LIBRARY.with(List.of(block("copper"))).version());
        assertThat(one.with(List.of(block("tin"))).version())
                .isEqualTo(LIBRARY.with(List.of(block("tin"), block("copper"))).version());
        assertThat(one.version())
                .isNotEqualTo(LIBRARY.with(List.of(block("tin"))).version());
        assertThat(LIBRARY.review("copper").hits()).isEmpty();
    }

    @Test
    void theOrderOfFeaturesDoesNotMatter() {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            features.add(new Feature(
                    "id" + i,
                    1,
                    "\u7532\u4e59".repeat(1 + i % 3),
                    new Risk("A.2.b"),
                    Severity.LOW,
                    Action.NOTE,
                    Folds.DEFAULT));
        }
        Verdict verdict = Library.compile("1", features).review("\u7532\u4e59\u7532\u4e59\u7532\u4e59");
        assertThat(verdict.hits()).hasSize(17 * 3 + 17 * 2 + 16);
        Collections.reverse(features);
        assertThat(Library.compile("1", features).review("\u7532\u4e59\u7532\u4e59\u7532\u4e59"))
                .isEqualTo(verdict);
    }

    @Test
    void manyThreadsShareOneLibrary() {
        String text = "x moonlit teapot y ".repeat(50);
        Verdict alone = LIBRARY.review(text);
        assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> LIBRARY.review(text)))
                .allMatch(alone::equals);
    }

    @Test
    void aThousandHitsOfAKindAreListed() {
        Verdict verdict = LIBRARY.review("walnut ".repeat(3_000) + "moonlit teapot");
        assertThat(verdict).isInstanceOf(Verdict.Block.class);
        assertThat(verdict.hits()).hasSize(Library.MOST_HITS + 1);
        assertThat(verdict.hits().getLast().feature()).isEqualTo(TEAPOT);
    }

    @Test
    void badFeaturesAreRefusedWithReasonAndRemedy() {
        refused("C++", "single letter");
        refused("...", "no letter");
        refused("\ud83c\udf46", "no letter");
        refused("\ud800\u7532", "surrogate");
        refused("z".repeat(65), "64");
        refused("\ufdfa".repeat(30), "256 letters");
        Feature regex =
                new Feature("r", 1, Kind.REGEX, "a.*b", new Risk("A.1.a"), Severity.LOW, Action.NOTE, Folds.NONE);
        assertThat(Library.objection(regex)).isPresent();
        assertThatThrownBy(() -> Library.compile("1", List.of(TEAPOT, TEAPOT))).hasMessageContaining("twice");
        assertThat(Library.objection(feature("C++", Action.NOTE, Samples.folds("case"))))
                .isEmpty();
        assertThat(Library.objection(feature("\u8d4c", Action.NOTE, Folds.DEFAULT)))
                .isEmpty();
    }

    private static void refused(String pattern, String reason) {
        Feature feature = block(pattern);
        assertThat(Library.objection(feature).orElseThrow().reason()).contains(reason);
        assertThatThrownBy(() -> Library.compile("1", List.of(feature)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
