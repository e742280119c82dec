package dev.cinnabar.testkit;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A property tried on many made values: the seed is in every failure's message, and byte arrays and strings are shrunk before they are shown. */
public final class Seeded {
    private static final RandomGeneratorFactory<RandomGenerator> KIND = RandomGeneratorFactory.of("L64X128MixRandom");

    private Seeded() {}

    /** A generator whose every value follows from the seed. */
    public static RandomGenerator random(long seed) {
        return KIND.create(seed);
    }

    /** The base seed: {@code -Dcinnabar.seed=N}, or the clock. */
    public static long base() {
        return Long.getLong("cinnabar.seed", System.nanoTime());
    }

    /** A check that may fail by returning false or by throwing. */
    @FunctionalInterface
    public interface Check<T> {
        boolean holds(T value) throws Exception;
    }

    /** Tries the check on {@code tries} made strings; throws an AssertionError that names the seed and the smallest failing string found. */
    public static void strings(int tries, Function<RandomGenerator, String> make, Check<String> check) {
        run(tries, make, check, Seeded::smaller, value -> '"' + escaped(value) + '"');
    }

    /** Tries the check on {@code tries} made byte arrays; throws an AssertionError that names the seed and the smallest failing array found. */
    public static void bytes(int tries, Function<RandomGenerator, byte[]> make, Check<byte[]> check) {
        run(
                tries,
                make,
                check,
                Seeded::smaller,
                value -> java.util.HexFormat.of().formatHex(value));
    }

    private static <T> void run(
            int tries,
            Function<RandomGenerator, T> make,
            Check<T> check,
            Function<T, List<T>> shrinks,
            Function<T, String> show) {
        long base = base();
        for (int i = 0; i < tries; i++) {
            T value = make.apply(random(base + i));
            if (fails(check, value)) {
                T small = shrink(value, v -> fails(check, v), shrinks);
                AssertionError error = new AssertionError("fails for seed " + (base + i)
                        + " (rerun with -Dcinnabar.seed=" + (base + i) + "): " + show.apply(small));
                cause(check, small, error);
                throw error;
            }
        }
    }

    private static <T> boolean fails(Check<T> check, T value) {
        try {
            return !check.holds(value);
        } catch (Exception | AssertionError e) {
            return true;
        }
    }

    private static <T> void cause(Check<T> check, T value, AssertionError error) {
        try {
            check.holds(value);
        } catch (Exception | AssertionError e) {
            error.addSuppressed(e);
        }
    }

    private static <T> T shrink(T failing, Predicate<T> fails, Function<T, List<T>> shrinks) {
        T best = failing;
        for (int budget = 2_000; budget > 0; ) {
            T smaller = null;
            for (T candidate : shrinks.apply(best)) {
                if (--budget <= 0 || fails.test(candidate)) {
                    smaller = budget > 0 ? candidate : null;
                    break;
                }
            }
            if (smaller == null) {
                return best;
            }
            best = smaller;
        }
        return best;
    }

    private static List<String> smaller(String text) {
        List<String> all = new java.util.ArrayList<>();
        for (int cut = Math.max(1, text.length() / 2); cut >= 1 && !text.isEmpty(); cut /= 2) {
            for (int at = 0; at + cut <= text.length(); at += cut) {
                all.add(text.substring(0, at) + text.substring(at + cut));
            }
        }
        return all;
    }

    private static List<byte[]> smaller(byte[] bytes) {
        List<byte[]> all = new java.util.ArrayList<>();
        for (int cut = Math.max(1, bytes.length / 2); cut >= 1 && bytes.length > 0; cut /= 2) {
            for (int at = 0; at + cut <= bytes.length; at += cut) {
                byte[] less = new byte[bytes.length - cut];
                System.arraycopy(bytes, 0, less, 0, at);
                System.arraycopy(bytes, at + cut, less, at, bytes.length - at - cut);
                all.add(less);
            }
        }
        return all;
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> {
            if (c >= 0x20 && c < 0x7f) {
                out.append((char) c);
            } else {
                out.append(String.format("\\u%04x", c));
            }
        });
        return out.toString();
    }
}
