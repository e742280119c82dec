package dev.cinnabar.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text made to hurt: a million units of it take a bounded time, a stream of it holds a bounded part, and nothing throws. */
@Timeout(60)
class HostileTextTest {
    private static final int MILLION = 1_000_000;
    private static final int MOST_HELD = Bounds.SPAN + 2;

    /** Words that share beginnings and ends, so that the automaton falls back as often as it can. */
    private static final Library NESTED = nested();

    private static Library nested() {
        List<Feature> features = new ArrayList<>();
        for (int length = 2; length <= 40; length++) {
            features.add(Samples.feature(
                    "\u7532".repeat(length) + "\u4e59", Action.BLOCK, Samples.folds("width+separators")));
            features.add(Samples.feature("1".repeat(length), Action.NOTE, Samples.folds("inside-words")));
        }
        features.add(Samples.block("\u7d2b\u6a80\u8336"));
        features.add(Samples.block("moonlit teapot"));
        return Library.compile("nested", features);
    }

    static Stream<Named<String>> texts() {
        return Stream.of(
                Named.of("one letter under a million marks", "\u7d2b" + "\u0301".repeat(MILLION) + "\u6a80\u8336"),
                Named.of("zero width", "\u200b".repeat(MILLION)),
                Named.of("bidi overrides", "\u202e\u2066\u2067\u2069".repeat(MILLION / 4)),
                Named.of("high halves", "\ud800".repeat(MILLION)),
                Named.of("low halves", "\udc00".repeat(MILLION)),
                Named.of("halves in disorder", "\udc00\ud800\ud800".repeat(MILLION / 3)),
                Named.of("the nested letter", "\u7532".repeat(MILLION)),
                Named.of("the nested letter, spaced", "\u7532 ".repeat(MILLION / 2)),
                Named.of("the nested digit", "1".repeat(MILLION)),
                Named.of("one Latin letter", "m".repeat(MILLION)),
                Named.of("nearly the word", "moonlit teapo".repeat(MILLION / 13)),
                Named.of("one that folds to eighteen", "\ufdfa".repeat(MILLION / 10)),
                Named.of("spaces", " ".repeat(MILLION)),
                Named.of("emoji", "\ud83d\ude00".repeat(MILLION / 2)),
                Named.of("nulls", "\0".repeat(MILLION)),
                Named.of("no characters", "\uffff".repeat(MILLION)),
                Named.of("nearly the other word", "\u7d2b\u6a80".repeat(MILLION / 2)),
                Named.of("noise", noise()));
    }

    private static String noise() {
        RandomGenerator random = Seeded.random(5);
        StringBuilder text = new StringBuilder();
        while (text.length() < MILLION) {
            text.append((char) random.nextInt(0x10000));
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void wholeAndStreamedInBoundedTimeAndSpace(String text) {
        Verdict verdict = NESTED.review(text);
        assertThat(verdict.hits()).hasSizeLessThanOrEqualTo(2 * Library.MOST_HITS);
        StreamReview stream = NESTED.stream();
        int released = 0;
        for (int at = 0; at < text.length(); at += 997) {
            Step step = stream.feed(text.substring(at, Math.min(text.length(), at + 997)));
            released += step.released().length();
            assertThat(stream.held()).isLessThanOrEqualTo(MOST_HELD);
        }
        Step end = stream.finish();
        released += end.released().length();
        assertThat(end.stop().isPresent()).isEqualTo(verdict instanceof Verdict.Stop);
        int due = end.stop().map(stop -> stop.hits().getFirst().start()).orElse(text.length());
        assertThat(released).isEqualTo(due);
    }

    @Test
    void emptyTextsAndChunks() {
        assertThat(NESTED.review("").hits()).isEmpty();
        StreamReview stream = NESTED.stream();
        assertThat(stream.feed("").released()).isEmpty();
        assertThat(stream.finish().released()).isEmpty();
        assertThat(Library.compile("none", List.of()).review("anything")).isEqualTo(new Verdict.Pass(List.of()));
        assertThat(Samples.released(Library.compile("none", List.of()), "any\ud83d\ude00thing"))
                .isEqualTo("any\ud83d\ude00thing");
    }

    @Test
    void timeGrowsWithTheTextAndNotFaster() {
        String unit = "\u7532\u7532\u7532\u7532 \u0301m\u00f6onlit1";
        NESTED.review(unit.repeat(20_000));
        Duration small = time(unit.repeat(10_000));
        Duration large = time(unit.repeat(160_000));
        assertThat(large.toNanos()).isLessThan(small.toNanos() * 16 * 6);
    }

    private static Duration time(String text) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long from = System.nanoTime();
            NESTED.review(text);
            best = Math.min(best, System.nanoTime() - from);
        }
        return Duration.ofNanos(best);
    }
}
