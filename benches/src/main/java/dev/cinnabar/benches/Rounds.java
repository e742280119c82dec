package dev.cinnabar.benches;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contestants that do the same work in turn, round after round, so that a machine whose speed drifts is fair to all; the first round is a warm-up. */
final class Rounds {
    /** One contestant's work; gives the seconds it took. */
    interface Work {
        double seconds() throws Exception;
    }

    private final Map<String, Work> contestants = new LinkedHashMap<>();
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    Rounds with(String name, Work work) {
        contestants.put(name, work);
        return this;
    }

    Rounds run(int rounds) throws Exception {
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, Work> entry : contestants.entrySet()) {
                double took = entry.getValue().seconds();
                if (round > 0) {
                    seconds.computeIfAbsent(entry.getKey(), k -> new ArrayList<>())
                            .add(took);
                }
            }
        }
        return this;
    }

    /** The median of a contestant's rounds, in seconds. */
    double median(String name) {
        List<Double> sorted = new ArrayList<>(seconds.getOrDefault(name, List.of(Double.NaN)));
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** A Markdown table: each contestant's median, slowest and fastest, in units of work a second, and the ratio to the first. */
    String table(String unit, double amount) {
        StringBuilder out = new StringBuilder(
                "| who | " + unit + "/s, median | slowest | fastest | against the first |\n|---|---|---|---|---|\n");
        double first = amount / median(contestants.keySet().iterator().next());
        seconds.forEach((name, all) -> {
            double median = amount / median(name);
            out.append("| %s | %,.1f | %,.1f | %,.1f | %.2f |%n"
                    .formatted(
                            name,
                            median,
                            amount / Collections.max(all),
                            amount / Collections.min(all),
                            median / first));
        });
        return out.toString();
    }

    /** How many times faster one contestant is than another. */
    double times(String faster, String slower) {
        return median(slower) / median(faster);
    }

    /** A Markdown table of seconds: each contestant's median, fastest and slowest. */
    String seconds() {
        StringBuilder out = new StringBuilder("| what | seconds, median | fastest | slowest |\n|---|---|---|---|\n");
        seconds.forEach((name, all) -> out.append("| %s | %.3f | %.3f | %.3f |%n"
                .formatted(name, median(name), Collections.min(all), Collections.max(all))));
        return out.toString();
    }

    static double timed(Run run) throws Exception {
        long start = System.nanoTime();
        run.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Work to be timed. */
    interface Run {
        void run() throws Exception;
    }

    /** Runs a program to its end and gives the seconds; throws where it fails. */
    static double program(String... command) throws Exception {
        return timed(() -> {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
            }
        });
    }
}
