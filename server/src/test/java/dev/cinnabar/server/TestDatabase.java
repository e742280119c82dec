package dev.cinnabar.server;

import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.Database;
import dev.cinnabar.server.store.Outbox;
import dev.cinnabar.server.store.Store;
import dev.cinnabar.server.store.TestCluster;
import dev.cinnabar.server.store.Timers;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A migrated PostgreSQL of a test's own, in about a tenth of a second.
 *
 * <p>In a test class: {@code private static final TestDatabase DB = TestDatabase.open();} and {@code @AfterAll static void close() { DB.close(); }}.
 */
public final class TestDatabase implements AutoCloseable {
    private final String name;
    private final InstantSource clock;
    private final Store store;

    private TestDatabase(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
        this.store = TestCluster.store(name, clock);
    }

    /** A fresh database on the real clock. */
    public static TestDatabase open() {
        return open(InstantSource.system());
    }

    /** A fresh database whose outbox rows carry the time of this clock. */
    public static TestDatabase open(InstantSource clock) {
        return new TestDatabase(TestCluster.fresh(), clock);
    }

    /** The same database as another node sees it, with a pool and a poll of its own. */
    public TestDatabase node() {
        return new TestDatabase(name, clock);
    }

    public Database database() {
        return store.database();
    }

    public Database background() {
        return store.background();
    }

    public Changes changes() {
        return store.changes();
    }

    public Outbox outbox() {
        return store.outbox();
    }

    public Timers timers() {
        return store.timers();
    }

    public Store store() {
        return store;
    }

    /** Waits until what is in memory is confirmed, as it is on a running server. */
    public TestDatabase confirmed() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!store.changes().confirmed()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("the changes are not confirmed within 10 s");
            }
            Thread.onSpinWait();
        }
        return this;
    }

    /** The governance events said so far about a subject, oldest first: kind to facts as JSON. */
    public java.util.List<Map.Entry<String, String>> events(String subject) {
        return store.background()
                .inTransaction(handle -> handle.createQuery(
                                "select kind, facts from outbox where subject = :subject order by n")
                        .bind("subject", subject)
                        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                        .list());
    }

    @Override
    public void close() {
        store.close();
    }
}
