package dev.cinnabar.benches;

import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.ledger.LedgerListener;
import dev.cinnabar.ledger.LedgerOptions;
import dev.cinnabar.ledger.Origin;
import dev.cinnabar.ledger.SigningKeys;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Durable appends of entries of 600 bytes by waiting virtual threads: our ledger, and a PostgreSQL table with one writer that inserts whatever waits in one
 * transaction. Both on the same disk, both with every sync on.
 */
final class LedgerBeside {
    private static final int ENTRY_BYTES = 600;

    /** One durable append. */
    private interface Append {
        void append(byte[] entry) throws Exception;
    }

    private LedgerBeside() {}

    static void run(int perRound, int rounds) throws Exception {
        Path root = Files.createTempDirectory(Path.of("").toAbsolutePath(), "ledger-bench");
        try (EmbeddedPostgres postgres = postgres(root);
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Ledger ledger = ledger(root);
                TableWriter table = new TableWriter(connection)) {
            for (int threads : new int[] {1, 32, 256}) {
                int entries = threads == 1 ? perRound / 20 : perRound;
                Rounds result = new Rounds()
                        .with("PostgreSQL table, one batched writer", () -> load(threads, entries, table::append))
                        .with("cinnabar ledger", () -> load(threads, entries, ledger::append))
                        .run(rounds);
                System.out.println(threads + " waiting virtual threads, " + entries + " entries a round\n\n"
                        + result.table("entries", entries));
            }
        } finally {
            delete(root);
        }
    }

    private static double load(int threads, int entries, Append target) throws Exception {
        byte[] entry = new byte[ENTRY_BYTES];
        new SecureRandom().nextBytes(entry);
        return Rounds.timed(() -> {
            try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> all = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    all.add(pool.submit(() -> {
                        for (int i = 0; i < entries / threads; i++) {
                            target.append(entry);
                        }
                        return threads;
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
            }
        });
    }

    private static Ledger ledger(Path root) throws Exception {
        Origin origin = new Origin("bench.cinnabar.example/traffic");
        SigningKeys keys = SigningKeys.openOrCreate(root.resolve("keys"), "bench", origin, new SecureRandom());
        return Ledger.open(
                root.resolve("ledger"),
                origin,
                keys,
                InstantSource.system(),
                LedgerOptions.defaults(),
                LedgerListener.none());
    }

    private static EmbeddedPostgres postgres(Path root) throws IOException, SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(root.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String name : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                try (ResultSet row = statement.executeQuery("SHOW " + name)) {
                    if (!row.next() || !row.getString(1).equals("on")) {
                        throw new IllegalStateException(name + " is not on: the comparison would be unfair to us");
                    }
                }
            }
            statement.execute(
                    "CREATE TABLE entry (index bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), body bytea NOT NULL)");
        }
        return postgres;
    }

    /** The peer: one thread that takes whatever waits, inserts it as a batch, commits, and lets the callers go on. */
    private static final class TableWriter implements AutoCloseable {
        private record Waiting(byte[] body, CompletableFuture<Boolean> done) {}

        private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(4_096);
        private final Connection connection;
        private final Thread thread;

        TableWriter(Connection connection) throws SQLException {
            this.connection = connection;
            connection.setAutoCommit(false);
            thread = Thread.ofPlatform().name("table-writer").daemon().start(this::write);
        }

        void append(byte[] body) throws Exception {
            Waiting waiting = new Waiting(body, new CompletableFuture<>());
            queue.put(waiting);
            waiting.done().get();
        }

        private void write() {
            List<Waiting> batch = new ArrayList<>();
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO entry (body) VALUES (?)")) {
                while (!Thread.currentThread().isInterrupted()) {
                    batch.clear();
                    batch.add(queue.take());
                    queue.drainTo(batch, 1_023);
                    for (Waiting one : batch) {
                        insert.setBytes(1, one.body());
                        insert.addBatch();
                    }
                    insert.executeBatch();
                    connection.commit();
                    batch.forEach(one -> one.done().complete(true));
                }
            } catch (SQLException | InterruptedException e) {
                batch.forEach(one -> one.done().completeExceptionally(e));
            }
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
