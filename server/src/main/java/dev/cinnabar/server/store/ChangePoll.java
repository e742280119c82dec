package dev.cinnabar.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that keeps {@link PolledChanges} true: it listens and polls on a connection of its own, and connects anew when that breaks. */
final class ChangePoll implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangePoll.class);
    private static final int EVERY_MILLIS = 500;
    private static final int PRUNE_EVERY = 600;

    private final Endpoint endpoint;
    private final PolledChanges changes;
    private final Thread thread;
    private volatile boolean closed;

    ChangePoll(Endpoint endpoint, PolledChanges changes) {
        this.endpoint = endpoint;
        this.changes = changes;
        this.thread = Thread.ofPlatform().daemon().name("store-changes").start(this::run);
    }

    private void run() {
        boolean told = false;
        while (!closed) {
            try (Connection connection = endpoint.connect()) {
                connection.setNetworkTimeout(Runnable::run, 3_000);
                execute(connection, "listen " + PolledChanges.CHANNEL);
                told = false;
                pollUntilBroken(connection);
            } catch (Exception e) {
                if (!closed && !told) {
                    LOG.warn("the database does not answer ({}); after 5 s every request is refused", e.getMessage());
                    told = true;
                }
                pause();
            }
        }
    }

    private void pollUntilBroken(Connection connection) throws Exception {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        Tables tables = new Tables(connection);
        for (int turn = 0; !closed; turn++) {
            changes.poll(tables);
            if (turn % PRUNE_EVERY == PRUNE_EVERY - 1) {
                execute(connection, "delete from changes where at < now() - interval '1 hour'");
            }
            postgres.getNotifications(EVERY_MILLIS);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS / 2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Tables(Connection connection) implements PolledChanges.Tables {
        @Override
        public Map<String, Long> versions() throws SQLException {
            Map<String, Long> versions = new HashMap<>();
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("select kind, version from change_versions")) {
                while (rows.next()) {
                    versions.put(rows.getString(1), rows.getLong(2));
                }
            }
            return versions;
        }

        @Override
        public SortedMap<Long, Set<String>> since(String kind, long after) throws SQLException {
            SortedMap<Long, Set<String>> since = new TreeMap<>();
            String sql = "select version, key from changes where kind = ? and version > ? order by version";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, kind);
                statement.setLong(2, after);
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        since.computeIfAbsent(rows.getLong(1), v -> new TreeSet<>())
                                .add(rows.getString(2));
                    }
                }
            }
            return since;
        }
    }
}
