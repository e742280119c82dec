package dev.cinnabar.benches;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import dev.cinnabar.review.Action;
import dev.cinnabar.review.Feature;
import dev.cinnabar.review.Folds;
import dev.cinnabar.review.Library;
import dev.cinnabar.review.Risk;
import dev.cinnabar.review.Severity;
import dev.cinnabar.review.StreamReview;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.ahocorasick.trie.Trie;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Review of 64 K UTF-16 units of made Chinese text: ours with every default fold, two peers that match exactly. Texts a second; times 131,072 is bytes of UTF-16. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class ReviewBench {
    private static final int LENGTH = 1 << 16;

    @Param({"10000", "100000"})
    public int patterns;

    private String text = "";
    private Library library = Library.compile("none", List.of());
    private Trie trie = Trie.builder().build();
    private AhoCorasickDoubleArrayTrie<String> doubleArray = new AhoCorasickDoubleArrayTrie<>();

    @Setup
    public void setUp() {
        Random random = new Random(11);
        Set<String> words = new TreeSet<>();
        while (words.size() < patterns) {
            words.add(word(random, 3 + random.nextInt(5)));
        }
        text = word(random, LENGTH);
        List<Feature> features = new ArrayList<>();
        TreeMap<String, String> map = new TreeMap<>();
        for (String word : words) {
            features.add(new Feature(word, 1, word, new Risk("A.1.h"), Severity.LOW, Action.NOTE, Folds.DEFAULT));
            map.put(word, word);
        }
        library = Library.compile("bench", features);
        trie = Trie.builder().addKeywords(words).build();
        doubleArray = new AhoCorasickDoubleArrayTrie<>();
        doubleArray.build(map);
    }

    /** Characters as skewed as running text: a few very frequent ones, many rare ones. */
    private static String word(Random random, int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append((char) (0x4e00 + (int) (Math.pow(random.nextDouble(), 2.5) * 5_000)));
        }
        return out.toString();
    }

    @Benchmark
    public Object ours() {
        return library.review(text);
    }

    @Benchmark
    public Object oursStreamedInChunksOf24() {
        StreamReview stream = library.stream();
        int released = 0;
        for (int at = 0; at < text.length(); at += 24) {
            released += stream.feed(text.substring(at, Math.min(text.length(), at + 24)))
                    .released()
                    .length();
        }
        return released + stream.finish().released().length();
    }

    @Benchmark
    public Object ahocorasick() {
        return trie.parseText(text);
    }

    @Benchmark
    public Object hankcsDoubleArray() {
        return doubleArray.parseText(text);
    }
}
