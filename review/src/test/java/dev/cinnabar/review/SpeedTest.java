package dev.cinnabar.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prints how fast a library of that many patterns is built and reviews made-up Chinese text with all default folds, and how much it takes in memory beside the
 * features themselves. The asserted limits are far below the figures aimed at: they only catch a collapse, for tests run with
 * the first compiler only and beside others.
 */
@Tag("deep")
class SpeedTest {
    private static final int UNITS = 4_000_000;
    private static final int COMMON = 3_500;

    @ParameterizedTest
    @ValueSource(ints = {10_000, 100_000, 1_000_000})
    void buildAndReview(int patterns) throws InterruptedException {
        RandomGenerator random = Seeded.random(45654);
        StringBuilder made = new StringBuilder();
        while (made.length() < UNITS) {
            made.append(random.nextInt(12) == 0 ? '\uff0c' : letter(random));
        }
        String text = made.toString();
        double megabytes = text.getBytes(StandardCharsets.UTF_8).length / 1e6;
        List<Feature> features = features(random, patterns);
        long before = used();
        long began = System.nanoTime();
        Library library = Library.compile("speed", features);
        double built = (System.nanoTime() - began) / 1e9;
        double taken = (used() - before) / 1e6;
        double best = 0;
        for (int i = 0; i < 6; i++) {
            long from = System.nanoTime();
            library.review(text);
            best = Math.max(best, megabytes / ((System.nanoTime() - from) / 1e9));
        }
        System.out.printf("%,9d patterns: built in %.1f s, %.0f MB; %.0f MB/s%n", patterns, built, taken, best);
        assertThat(library.size()).isEqualTo(patterns);
        assertThat(taken).isLessThan(200);
        assertThat(best).isGreaterThan(1);
    }

    private static List<Feature> features(RandomGenerator random, int count) {
        Set<String> words = new LinkedHashSet<>();
        while (words.size() < count) {
            StringBuilder word = new StringBuilder();
            for (int i = random.nextInt(3, 9); i > 0; i--) {
                word.append(letter(random));
            }
            words.add(word.toString());
        }
        List<Feature> features = new ArrayList<>(count);
        Risk risk = new Risk("A.1.h");
        for (String word : words) {
            String id = "f" + features.size();
            features.add(new Feature(id, 1, word, risk, Severity.LOW, Action.NOTE, Folds.DEFAULT));
        }
        return features;
    }

    /** Some letters are frequent and most are rare, as in a language. */
    private static char letter(RandomGenerator random) {
        double rank = Math.pow(COMMON, random.nextDouble());
        return (char) (0x4E00 + (int) (rank * 5) % 0x5000);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(20);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
