package dev.cinnabar.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The figures of a run, however long it was: counts, and the first files that were not well. */
final class Tally {
    /** So many different producers are counted by name; the names come from the files, and hostile ones may carry a new one each. */
    private static final int PRODUCERS = 5_000;

    private static final int LISTED = 500;
    private static final String OTHERS = "(others)";

    private final Map<String, Long> outcomes = new HashMap<>();
    private final Map<String, Map<String, Long>> formats = new HashMap<>();
    private final Map<String, Long> faults = new HashMap<>();
    private final Map<String, Long> producers = new HashMap<>();
    private final List<JournalLine> notWell = new ArrayList<>();
    private Exit worst = Exit.WELL;
    private long files;
    private long bytes;

    void add(JournalLine line) {
        files++;
        bytes += Math.max(0, line.state().size());
        count(outcomes, line.outcome());
        String format = line.first("result.format").orElse("-");
        count(formats.computeIfAbsent(format, key -> new HashMap<>()), line.outcome());
        faults(line);
        line.producers().forEach(this::producer);
        for (Exit exit : Exit.values()) {
            worst = exit.code() == line.exit() ? worst.worse(exit) : worst;
        }
        if (line.exit() != 0 && notWell.size() < LISTED) {
            notWell.add(line);
        }
    }

    private void faults(JournalLine line) {
        List<String> codes = line.codes();
        List<String> clauses = line.clauses();
        for (int i = 0; i < codes.size(); i++) {
            count(faults, codes.get(i) + (i < clauses.size() ? "\t" + clauses.get(i) : ""));
        }
    }

    private void producer(String name) {
        count(producers, producers.size() < PRODUCERS || producers.containsKey(name) ? name : OTHERS);
    }

    private static void count(Map<String, Long> map, String key) {
        map.merge(key, 1L, Long::sum);
    }

    /** The counts, highest first, then by name. */
    static List<Map.Entry<String, Long>> ranked(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    Exit worst() {
        return worst;
    }

    Map<String, Long> outcomes() {
        return outcomes;
    }

    Map<String, Map<String, Long>> formats() {
        return formats;
    }

    /** By code, a tab and the clause. */
    Map<String, Long> faults() {
        return faults;
    }

    Map<String, Long> producers() {
        return producers;
    }

    /** The first of the files that are not well. */
    List<JournalLine> notWell() {
        return notWell;
    }
}
