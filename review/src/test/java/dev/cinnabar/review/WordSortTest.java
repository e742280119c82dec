package dev.cinnabar.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Seeded;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordSortTest {
    @Test
    void sortsAsStringsSort() {
        RandomGenerator random = Seeded.random(Seeded.base());
        for (int round = 0; round < 300; round++) {
            int alphabet = random.nextInt(1, 5);
            String shared = "x".repeat(random.nextInt(40));
            List<String> words = IntStream.range(0, random.nextInt(400))
                    .mapToObj(i -> (random.nextBoolean() ? shared : "") + word(random, alphabet))
                    .toList();
            int[] expected = IntStream.range(0, words.size())
                    .boxed()
                    .sorted(Comparator.comparing(words::get))
                    .mapToInt(i -> i)
                    .toArray();
            assertThat(sorted(words)).isEqualTo(expected);
        }
    }

    @Test
    void manyEqualWordsStayInOrder() {
        List<String> words = IntStream.range(0, 50_000)
                .mapToObj(i -> i % 3 == 0 ? "same" : "samey")
                .toList();
        int[] order = sorted(words);
        assertThat(order).startsWith(0, 3, 6).endsWith(49_996, 49_997, 49_999);
    }

    private static int[] sorted(List<String> words) {
        int[] begins = new int[words.size() + 1];
        for (int i = 0; i < words.size(); i++) {
            begins[i + 1] = begins[i] + words.get(i).length();
        }
        return new WordSort(String.join("", words).toCharArray(), begins).sorted();
    }

    private static String word(RandomGenerator random, int alphabet) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            word.append((char) ('a' + random.nextInt(alphabet)));
        }
        return word.toString();
    }
}
