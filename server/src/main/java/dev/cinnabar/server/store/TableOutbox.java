package dev.cinnabar.server.store;

import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Ulid;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;

/** The outbox as a table, whose order is the order of the commits: a lock is held from the first row to the commit. */
final class TableOutbox implements Outbox {
    private static final JsonMapper JSON = JsonMapper.shared();
    /** The name of the advisory lock: "cinnabar" as bytes. */
    private static final long LOCK = 0x63696e6e61626172L;

    private final Unwritten unwritten;
    private final InstantSource clock;
    private final Ulid ids;

    TableOutbox(Unwritten unwritten, InstantSource clock, Ulid ids) {
        this.unwritten = unwritten;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public void add(Handle transaction, String kind, Actor actor, String subject, Map<String, String> facts) {
        String said = JSON.writeValueAsString(new TreeMap<>(facts));
        unwritten.of(transaction).events.add(new Unwritten.Event(kind, actor.id(), subject, said));
    }

    void write(Handle transaction, List<Unwritten.Event> events) {
        if (events.isEmpty()) {
            return;
        }
        transaction.execute("select pg_advisory_xact_lock(?)", LOCK);
        for (Unwritten.Event event : events) {
            transaction.execute(
                    "insert into outbox (id, at, kind, actor, subject, facts) values (?, ?, ?, ?, ?, ?)",
                    ids.next(),
                    clock.instant().atOffset(ZoneOffset.UTC),
                    event.kind(),
                    event.actor(),
                    event.subject(),
                    event.facts());
        }
    }
}
