package dev.cinnabar.server.features;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Feature;
import dev.cinnabar.review.Folds;
import dev.cinnabar.review.Risk;
import dev.cinnabar.review.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The SQL of features. */
final class FeatureStore {

    private static final String WAITING = "('CANDIDATE', 'REVIEWED', 'SHADOW', 'ACTIVE')";

    /** Writes new versions. The caller asked before whether they may be; a racer's same version fails the transaction. */
    void insert(Handle handle, Collection<Entry> entries) {
        try (PreparedBatch batch = handle.prepareBatch("""
                insert into features (id, version, kind, pattern, risk, severity, action, folds, evidence, provenance, owner, review_by,
                    batch, state, proposer, proposed_at, trial_set, trial_of, trial_hits)
                values (:id, :version, 'KEYWORD', :pattern, :risk, :severity, :action, :folds, :evidence, :provenance, :owner, :reviewBy,
                    :batch, :state, :proposer, :proposed, :trialSet, :trialOf, :trialHits)""")) {
            for (Entry entry : entries) {
                bind(batch, entry).add();
                if (batch.size() >= 2_000) {
                    batch.execute();
                }
            }
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    private static PreparedBatch bind(PreparedBatch batch, Entry entry) {
        Proposal content = entry.content();
        return batch.bind("id", entry.id())
                .bind("version", entry.version())
                .bind("pattern", content.pattern())
                .bind("risk", content.risk().code())
                .bind("severity", content.severity().name())
                .bind("action", content.action().name())
                .bind("folds", content.folds().text())
                .bind("evidence", content.evidence())
                .bind("provenance", content.provenance())
                .bind("owner", content.owner())
                .bind("reviewBy", utc(content.reviewBy()))
                .bind("batch", entry.batch())
                .bind("state", entry.state().name())
                .bind("proposer", entry.proposer())
                .bind("proposed", utc(entry.proposed()))
                .bind("trialSet", entry.trial().set())
                .bind("trialOf", entry.trial().of())
                .bind("trialHits", entry.trial().matched());
    }

    Optional<Entry> find(Handle handle, String id, int version) {
        return handle.createQuery("select * from features where id = :id and version = :version")
                .bind("id", id)
                .bind("version", version)
                .map((row, context) -> entry(row))
                .findOne();
    }

    /** All versions of these features, oldest first. */
    Map<String, List<Entry>> versions(Handle handle, Collection<String> ids) {
        Map<String, List<Entry>> all = new HashMap<>();
        handle.createQuery("select * from features where id = any(:ids) order by id, version")
                .bindArray("ids", String.class, ids)
                .map((row, context) -> entry(row))
                .forEach(entry ->
                        all.computeIfAbsent(entry.id(), id -> new ArrayList<>()).add(entry));
        return all;
    }

    /** Live and waiting features that look for one of these: what {@link #lookingFor} makes of each, to their ids. */
    Map<String, Set<String>> twins(Handle handle, Collection<String> patterns) {
        Map<String, Set<String>> twins = new HashMap<>();
        handle.createQuery("""
                        select id, pattern, folds from features where state in %s
                        and md5(pattern) = any(select md5(p) from unnest(:patterns::text[]) as p)""".formatted(WAITING))
                .bindArray("patterns", String.class, patterns)
                .map((row, context) ->
                        Map.entry(row.getString("folds") + '\0' + row.getString("pattern"), row.getString("id")))
                .forEach(twin -> twins.computeIfAbsent(twin.getKey(), key -> new TreeSet<>())
                        .add(twin.getValue()));
        return twins;
    }

    static String lookingFor(Proposal content) {
        return content.folds().text() + '\0' + content.pattern();
    }

    /** What the list of features is narrowed by. */
    record Filter(Optional<Entry.State> state, String text, String batch) {}

    List<Entry> list(Handle handle, Filter filter, int offset, int most) {
        return handle.createQuery("select * from features where " + where(filter)
                        + " order by proposed_at desc, id desc, version desc offset :offset limit :most")
                .bind("state", filter.state().map(Entry.State::name))
                .bind("text", like(filter.text()))
                .bind("batch", filter.batch())
                .bind("offset", offset)
                .bind("most", most)
                .map((row, context) -> entry(row))
                .list();
    }

    long count(Handle handle, Filter filter) {
        return handle.createQuery("select count(*) from features where " + where(filter))
                .bind("state", filter.state().map(Entry.State::name))
                .bind("text", like(filter.text()))
                .bind("batch", filter.batch())
                .mapTo(Long.class)
                .one();
    }

    private static String where(Filter filter) {
        return (filter.state().isPresent() ? "state = :state" : ":state::text is null")
                + (filter.text().isEmpty()
                        ? " and :text <> ''"
                        : " and (pattern ilike :text or id ilike :text or owner ilike :text)")
                + (filter.batch().isEmpty() ? " and :batch = ''" : " and batch = :batch");
    }

    private static String like(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    Map<Entry.State, Long> counts(Handle handle) {
        Map<Entry.State, Long> counts = new EnumMap<>(Entry.State.class);
        handle.createQuery("select state, count(*) as n from features group by state")
                .map((row, context) -> Map.entry(Entry.State.valueOf(row.getString("state")), row.getLong("n")))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    /** The version in force, locked until the transaction ends. */
    Optional<Entry> active(Handle handle, String id) {
        return handle.createQuery("select * from features where id = :id and state = 'ACTIVE' for update")
                .bind("id", id)
                .map((row, context) -> entry(row))
                .findOne();
    }

    void state(Handle handle, Collection<Entry> entries, Entry.State state) {
        handle.createUpdate("""
                        update features f set state = :state from unnest(:ids::text[], :versions::int[]) as which (id, version)
                        where f.id = which.id and f.version = which.version""")
                .bind("state", state.name())
                .bindArray("ids", String.class, entries.stream().map(Entry::id).toList())
                .bindArray(
                        "versions",
                        Integer.class,
                        entries.stream().map(Entry::version).toList())
                .execute();
    }

    void renew(Handle handle, Entry entry, Instant reviewBy) {
        handle.createUpdate("update features set review_by = :at where id = :id and version = :version")
                .bind("id", entry.id())
                .bind("version", entry.version())
                .bind("at", utc(reviewBy))
                .execute();
    }

    List<Entry> due(Handle handle, Instant now, int most) {
        return handle.createQuery("select * from features where state in ('REVIEWED', 'SHADOW', 'ACTIVE')"
                        + " and review_by <= :now order by review_by, id limit :most")
                .bind("now", utc(now))
                .bind("most", most)
                .map((row, context) -> entry(row))
                .list();
    }

    List<Entry> inState(Handle handle, Entry.State state) {
        return handle.createQuery("select * from features where state = :state order by id, version")
                .bind("state", state.name())
                .map((row, context) -> entry(row))
                .list();
    }

    /** What is in the live library, of these features or of all. */
    List<Feature> live(Handle handle, Collection<String> ids) {
        String which = ids.isEmpty() ? "" : " and id = any(:ids)";
        var query = handle.createQuery("select * from features where state in ('SHADOW', 'ACTIVE')" + which);
        if (!ids.isEmpty()) {
            query.bindArray("ids", String.class, ids);
        }
        return query.setFetchSize(5_000).map((row, context) -> entry(row)).stream()
                .flatMap(entry -> entry.live().stream())
                .toList();
    }

    /** Moves the library's clock on and notes what came in or left; the clock is held until the commit, so the order is that of the commits. */
    long moved(Handle handle, Collection<Entry> entries, Entry.State state, Instant at) {
        long counter = handle.createQuery("update library_clock set counter = counter + 1 returning counter")
                .mapTo(Long.class)
                .one();
        handle.createUpdate("""
                        insert into library_changes (counter, id, version, state, at)
                        select :counter, which.id, which.version, :state, :at
                        from unnest(:ids::text[], :versions::int[]) as which (id, version)""")
                .bind("counter", counter)
                .bind("state", state.name())
                .bind("at", utc(at))
                .bindArray("ids", String.class, entries.stream().map(Entry::id).toList())
                .bindArray(
                        "versions",
                        Integer.class,
                        entries.stream().map(Entry::version).toList())
                .execute();
        return counter;
    }

    long counter(Handle handle) {
        return handle.createQuery("select counter from library_clock")
                .mapTo(Long.class)
                .one();
    }

    /** What was in the library when its clock stood there. */
    List<Feature> liveAt(Handle handle, long counter) {
        return handle
                .createQuery("""
                        select f.*, last.state as then_state from (
                            select distinct on (id, version) id, version, state from library_changes
                            where counter <= :counter order by id, version, counter desc) last
                        join features f on f.id = last.id and f.version = last.version
                        where last.state in ('SHADOW', 'ACTIVE')""")
                .bind("counter", counter)
                .map((row, context) -> entry(row, Entry.State.valueOf(row.getString("then_state"))))
                .stream()
                .flatMap(entry -> entry.live().stream())
                .toList();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return entry(row, Entry.State.valueOf(row.getString("state")));
    }

    private static Entry entry(ResultSet row, Entry.State state) throws SQLException {
        return new Entry(
                row.getString("id"),
                row.getInt("version"),
                content(row),
                state,
                row.getString("proposer"),
                row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
                row.getString("batch"),
                new Entry.Trial(row.getString("trial_set"), row.getInt("trial_of"), row.getInt("trial_hits")));
    }

    private static Proposal content(ResultSet row) throws SQLException {
        return new Proposal(
                Optional.of(row.getString("id")),
                row.getString("pattern"),
                new Risk(row.getString("risk")),
                Severity.valueOf(row.getString("severity")),
                Action.valueOf(row.getString("action")),
                Folds.parse(row.getString("folds")).orElseThrow(),
                row.getString("evidence"),
                row.getString("provenance"),
                row.getString("owner"),
                row.getObject("review_by", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime utc(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
