package dev.cinnabar.server.logs;

import dev.cinnabar.ledger.Entry;
import dev.cinnabar.ledger.EntryCursor;
import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.store.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows the traffic log into PostgreSQL, off the way of any request: which entries speak of a content, and which streams were opened and not closed. The log is
 * the truth, the table an index into it; how far it came is written in the same transaction, so that nothing is missed or counted twice.
 */
public final class TrafficFollower {
    private static final String NAME = "traffic";
    private static final int BATCH = 2_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Ledger ledger;
    private final Database database;
    private final InstantSource clock;
    /** Streams opened and not closed: the entry that opened one, and its content. */
    private final TreeMap<Long, String> open = new TreeMap<>();

    private long next;

    public TrafficFollower(Ledger ledger, Database database, InstantSource clock) {
        this.ledger = ledger;
        this.database = database;
        this.clock = clock;
    }

    /** An entry that speaks of a content. */
    public record Mention(long entry, String kind) {}

    /**
     * After a start and before anything is served: reads on from where the index stood, and closes as {@code interrupted} every stream that a crash left open
     * (house promise 3). Gives how many there were.
     */
    @Article("16")
    public synchronized int recover() throws LedgerException {
        long from = Math.max(ledger.minimum(), position().orElse(0L));
        next = from;
        open.clear();
        while (follow(BATCH) > 0) {}
        List<Long> orphans = new ArrayList<>(open.keySet());
        for (long orphan : orphans) {
            ledger.append(interrupted(orphan, open.getOrDefault(orphan, "")));
        }
        while (follow(BATCH) > 0) {}
        return orphans.size();
    }

    private byte[] interrupted(long opened, String content) {
        return JSON.writeValueAsBytes(JSON.createObjectNode()
                .put("v", 1)
                .put("kind", "closed")
                .put("at", clock.instant().toString())
                .put("content", content)
                .put("opened", opened)
                .put("outcome", "interrupted"));
    }

    /** Reads on to the end of the log; called again and again by a timer. Gives how many entries were read. */
    public synchronized int follow() throws LedgerException {
        int all = 0;
        for (int read = follow(BATCH); read > 0; read = follow(BATCH)) {
            all += read;
        }
        return all;
    }

    private int follow(int most) throws LedgerException {
        List<Entry> entries = new ArrayList<>();
        EntryCursor cursor = ledger.from(next);
        for (Optional<Entry> entry = cursor.next();
                entry.isPresent();
                entry = entries.size() < most ? cursor.next() : Optional.empty()) {
            entries.add(entry.get());
        }
        if (entries.isEmpty()) {
            return 0;
        }
        TreeMap<Long, String> openAfter = new TreeMap<>(open);
        long after = cursor.position();
        database.useTransaction(handle -> {
            index(handle, entries, openAfter);
            long low = openAfter.isEmpty() ? after : openAfter.firstKey();
            handle.createUpdate(
                            "insert into log_positions (name, next, open_low) values (:name, :next, :low) on conflict (name) do update set next = excluded.next, open_low = excluded.open_low")
                    .bind("name", NAME)
                    .bind("next", after)
                    .bind("low", low)
                    .execute();
        });
        open.clear();
        open.putAll(openAfter);
        next = after;
        return entries.size();
    }

    private static void index(Handle handle, List<Entry> entries, Map<Long, String> open) {
        PreparedBatch rows = handle.prepareBatch(
                "insert into log_contents (content, entry, kind) values (:content, :entry, :kind) on conflict do nothing");
        for (Entry entry : entries) {
            Lines line = Lines.of(entry);
            line.content()
                    .ifPresent(content -> rows.bind("content", content)
                            .bind("entry", entry.index())
                            .bind("kind", line.kind())
                            .add());
            if (line.kind().equals("opened")) {
                open.put(entry.index(), line.content().orElse(""));
            } else if (line.kind().equals("closed")) {
                line.opened().ifPresent(open::remove);
            }
        }
        if (rows.size() > 0) {
            rows.execute();
        }
    }

    /** From where to read after a start: the first stream still open, which may lie before what was read last. */
    private Optional<Long> position() {
        return database.inTransaction(
                handle -> handle.createQuery("select least(next, open_low) from log_positions where name = :name")
                        .bind("name", NAME)
                        .mapTo(Long.class)
                        .findOne());
    }

    /**
     * Of these contents, those that an entry names. The index is brought to the end of the log first, so that one that is behind calls nothing unrecorded.
     *
     * @throws IllegalStateException when the log cannot be read to its end
     */
    public synchronized Set<String> recorded(Set<String> contents) {
        try {
            follow();
        } catch (LedgerException e) {
            throw new IllegalStateException("the traffic log cannot be read to its end: " + e.getMessage(), e);
        }
        return database.inTransaction(
                handle -> handle.createQuery("select distinct content from log_contents where content = any(:contents)")
                        .bindArray("contents", String.class, contents)
                        .mapTo(String.class)
                        .collectIntoSet());
    }

    /** The entries that speak of a content, in their order, as far as the index came. */
    public List<Mention> mentions(String content) {
        return database.inTransaction(handle -> handle.createQuery(
                        "select entry, kind from log_contents where content = :content order by entry")
                .bind("content", content)
                .map((row, context) -> new Mention(row.getLong(1), row.getString(2)))
                .list());
    }
}
