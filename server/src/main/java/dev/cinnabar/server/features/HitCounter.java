package dev.cinnabar.server.features;

import dev.cinnabar.review.Hit;
import dev.cinnabar.server.store.Database;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Counts hits in memory and adds them to the table many at once. */
final class HitCounter implements Hits {
    private record Seen(String id, int version, boolean shadow, LocalDate day) {}

    private final Database background;
    private final InstantSource clock;
    private final Map<Seen, LongAdder> counts = new ConcurrentHashMap<>();

    HitCounter(Database background, InstantSource clock) {
        this.background = background;
        this.clock = clock;
    }

    @Override
    public List<Hit> count(List<Hit> hits) {
        if (hits.isEmpty()) {
            return hits;
        }
        LocalDate day = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        boolean anyShadow = false;
        for (Hit hit : hits) {
            boolean shadow = Entry.shadow(hit.feature());
            anyShadow |= shadow;
            Seen seen = new Seen(Entry.idOf(hit.feature()), hit.feature().version(), shadow, day);
            counts.computeIfAbsent(seen, key -> new LongAdder()).increment();
        }
        return anyShadow
                ? hits.stream().filter(hit -> !Entry.shadow(hit.feature())).toList()
                : hits;
    }

    /** Adds what was counted since the last time to the table. */
    void flush() {
        Map<Seen, Long> taken = new HashMap<>();
        for (Map.Entry<Seen, LongAdder> count : Set.copyOf(counts.entrySet())) {
            // Not removed: somebody may hold the adder. What stays at zero for a day goes with the day.
            long sum = count.getValue().sumThenReset();
            if (sum > 0) {
                taken.put(count.getKey(), sum);
            }
        }
        LocalDate yesterday =
                clock.instant().atOffset(ZoneOffset.UTC).toLocalDate().minusDays(1);
        counts.entrySet()
                .removeIf(count -> count.getKey().day().isBefore(yesterday)
                        && count.getValue().sum() == 0);
        if (taken.isEmpty()) {
            return;
        }
        try {
            background.useTransaction(handle -> add(handle, taken));
        } catch (RuntimeException e) {
            taken.forEach((seen, sum) ->
                    counts.computeIfAbsent(seen, key -> new LongAdder()).add(sum));
            throw e;
        }
    }

    private static void add(Handle handle, Map<Seen, Long> taken) {
        try (PreparedBatch batch = handle.prepareBatch("""
                insert into feature_hits as h (id, version, shadow, day, hits) values (:id, :version, :shadow, :day, :hits)
                on conflict (id, version, shadow, day) do update set hits = h.hits + excluded.hits""")) {
            // In one order everywhere, so that two nodes never lock crosswise.
            taken.entrySet().stream()
                    .sorted((a, b) -> a.getKey().toString().compareTo(b.getKey().toString()))
                    .forEach(count -> batch.bind("id", count.getKey().id())
                            .bind("version", count.getKey().version())
                            .bind("shadow", count.getKey().shadow())
                            .bind("day", count.getKey().day())
                            .bind("hits", count.getValue())
                            .add());
            batch.execute();
        }
    }

    /** How often a feature's versions matched, by day; newest first. */
    List<Count> of(Handle handle, String id) {
        return handle.createQuery("select * from feature_hits where id = :id order by day desc, version desc, shadow")
                .bind("id", id)
                .map((row, context) -> new Count(
                        row.getInt("version"),
                        row.getBoolean("shadow"),
                        row.getObject("day", LocalDate.class),
                        row.getLong("hits")))
                .list();
    }

    /** The sums of these features over all time, by {@link Entry#caseId}. */
    Map<String, Long> sums(Handle handle, List<Entry> entries) {
        Map<String, Long> sums = new HashMap<>();
        List<String> ids =
                new ArrayList<>(entries.stream().map(Entry::id).distinct().toList());
        handle.createQuery(
                        "select id, version, sum(hits) as n from feature_hits where id = any(:ids) group by id, version")
                .bindArray("ids", String.class, ids)
                .map((row, context) ->
                        Map.entry(Entry.caseId(row.getString("id"), row.getInt("version")), row.getLong("n")))
                .forEach(sum -> sums.put(sum.getKey(), sum.getValue()));
        return sums;
    }

    /** How often a version matched on a day (UTC), in shadow or in force. */
    record Count(int version, boolean shadow, LocalDate day, long hits) {}
}
