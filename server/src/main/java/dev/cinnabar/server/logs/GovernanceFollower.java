package dev.cinnabar.server.logs;

import dev.cinnabar.ledger.Entry;
import dev.cinnabar.ledger.EntryCursor;
import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.ledger.Ticket;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.store.Database;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries governance events from the outbox into the governance log, in the order of their commits and each exactly once: a row is marked with its entry's index, and
 * what a crash left appended but unmarked is found again by its id at the end of the log.
 */
@Article("10")
public final class GovernanceFollower {
    private static final int BATCH = 500;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Ledger ledger;
    private final Database database;
    private boolean tailRead;

    public GovernanceFollower(Ledger ledger, Database database) {
        this.ledger = ledger;
        this.database = database;
    }

    private record Row(long n, String id, OffsetDateTime at, String kind, String actor, String subject, String facts) {}

    /** Appends what waits; called again and again by a timer, and after a failure from where it stood. Gives how many events were appended. */
    public synchronized int follow() throws LedgerException {
        if (!tailRead) {
            markTail();
            tailRead = true;
        }
        int all = 0;
        for (List<Row> rows = waiting(); !rows.isEmpty(); rows = rows.size() < BATCH ? List.of() : waiting()) {
            // From here to the mark a failure leaves appended rows unmarked: look at the tail again before the next
            // try.
            tailRead = false;
            mark(append(rows));
            tailRead = true;
            all += rows.size();
        }
        return all;
    }

    private List<Row> waiting() {
        return database.inTransaction(handle -> handle.createQuery(
                        "select n, id, at, kind, actor, subject, facts from outbox where log_index is null order by n limit :most")
                .bind("most", BATCH)
                .map((row, context) -> new Row(
                        row.getLong(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)))
                .list());
    }

    private Map<String, Long> append(List<Row> rows) throws LedgerException {
        List<Ticket> tickets = new ArrayList<>();
        for (Row row : rows) {
            tickets.add(ledger.appendLater(entry(row)));
        }
        Map<String, Long> indexes = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            indexes.put(rows.get(i).id(), tickets.get(i).await().index());
        }
        return indexes;
    }

    private static byte[] entry(Row row) {
        ObjectNode entry = JSON.createObjectNode()
                .put("v", 1)
                .put("kind", row.kind())
                .put("id", row.id())
                .put("at", row.at().toInstant().toString())
                .put("actor", row.actor())
                .put("subject", row.subject());
        entry.set("facts", JSON.readTree(row.facts()));
        return JSON.writeValueAsBytes(entry);
    }

    private void mark(Map<String, Long> indexes) {
        database.useTransaction(handle -> {
            PreparedBatch batch =
                    handle.prepareBatch("update outbox set log_index = :index where id = :id and log_index is null");
            indexes.forEach(
                    (id, index) -> batch.bind("id", id).bind("index", index).add());
            batch.execute();
        });
    }

    /** Marks what stands in the log behind the last marked entry. */
    private void markTail() throws LedgerException {
        long last =
                database.inTransaction(handle -> handle.createQuery("select coalesce(max(log_index), -1) from outbox")
                        .mapTo(Long.class)
                        .one());
        Map<String, Long> found = new HashMap<>();
        EntryCursor cursor = ledger.from(Math.max(ledger.minimum(), last + 1));
        for (Optional<Entry> entry = cursor.next(); entry.isPresent(); entry = cursor.next()) {
            long index = entry.get().index();
            Lines.of(entry.get()).id().ifPresent(id -> found.put(id, index));
        }
        if (!found.isEmpty()) {
            mark(found);
        }
    }

    /** How many events still wait for the log: committed and true, not yet in it. */
    public long waitingCount() {
        return database.inTransaction(
                handle -> handle.createQuery("select count(*) from outbox where log_index is null")
                        .mapTo(Long.class)
                        .one());
    }
}
