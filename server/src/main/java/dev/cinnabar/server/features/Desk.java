package dev.cinnabar.server.features;

import dev.cinnabar.review.Feature;
import dev.cinnabar.server.law.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Holds candidates against the entry standard: runs the trial on ordinary sentences, looks for twins, goes through the list. */
final class Desk {
    private final FeatureStore store;
    private final CleanSet clean = CleanSet.current();
    private final EntryStandard standard = EntryStandard.current();

    Desk(FeatureStore store) {
        this.store = store;
    }

    EntryStandard standard() {
        return standard;
    }

    List<Entry.Trial> trials(List<Feature> features) {
        return clean.trials(features);
    }

    /** The report on each, in their order, each with a fresh trial. */
    Map<Entry, EntryStandard.Report> judge(Handle handle, List<Entry> entries, Instant now) {
        List<Feature> features = entries.stream().map(Entry::feature).toList();
        List<Entry.Trial> trials = clean.trials(features);
        Map<String, Set<String>> twins = store.twins(
                handle, entries.stream().map(entry -> entry.content().pattern()).toList());
        Map<Entry, EntryStandard.Report> reports = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Optional<String> twin = twins.getOrDefault(FeatureStore.lookingFor(entry.content()), Set.of()).stream()
                    .filter(id -> !id.equals(entry.id()))
                    .findFirst();
            reports.put(entry, standard.judge(features.get(i), entry.content(), trials.get(i), twin, now));
        }
        return reports;
    }

    /** Which of them hold the standard; the others are told why not. */
    List<Entry> holding(Handle handle, List<Entry> entries, Instant now, Map<Entry, Refused> left) {
        List<Entry> holding = new ArrayList<>();
        judge(handle, entries, now).forEach((entry, report) -> {
            if (report.holds()) {
                holding.add(entry);
            } else {
                left.put(entry, FeatureRules.belowStandard(entry, report));
            }
        });
        return holding;
    }
}
