package dev.cinnabar.server.store;

import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.law.Ulid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One PostgreSQL for all tests of this JVM, fast instead of durable, and a migrated template that each test's database is copied from. */
public final class TestCluster {
    private static final Path HOME = Path.of("target").toAbsolutePath();
    private static final String PREFIX = "test-postgres-";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestCluster() {}

    private static final class Running {
        static final Postgres SERVER = start();
    }

    /** A store on a fresh, migrated database; closing it leaves the cluster to the next test. */
    public static Store store(InstantSource clock) {
        return store(fresh(), clock);
    }

    /** The name of a fresh, migrated database. */
    public static String fresh() {
        String name = "test_" + COUNT.incrementAndGet();
        try {
            execute("create database " + name + " template migrated");
            return name;
        } catch (SQLException e) {
            throw new AssertionError("no test database", e);
        }
    }

    /** A store on a database of this cluster, beside any other on it, as another node would open it. */
    public static Store store(String database, InstantSource clock) {
        try {
            return on(database, clock);
        } catch (NotStarted e) {
            throw new AssertionError("no test database", e);
        }
    }

    /** Gives a data folder the engine that all tests share, instead of unpacking it again. */
    public static void unpackInto(Path engines) throws NotStarted, IOException {
        Files.createDirectories(engines);
        Path there = engines.resolve(String.valueOf(engine().home().getFileName()));
        if (!Files.exists(there)) {
            Files.createSymbolicLink(there, engine().home());
        }
    }

    /** A PostgreSQL as a provider has one besides: durable, empty, in a folder of its own, and no part of any data folder. */
    public static final class Outside implements AutoCloseable {
        private final Postgres server;
        private final Path passwordFile;

        private Outside(Postgres server, Path passwordFile) {
            this.server = server;
            this.passwordFile = passwordFile;
        }

        public static Outside in(Path home) throws NotStarted, IOException {
            Files.createDirectories(home);
            KeyFolder keys = KeyFolder.in(home.resolve("keys"));
            Postgres server =
                    Postgres.started(engine(), home.resolve("postgres"), keys, new SecureRandom(), Postgres.DURABLE);
            return new Outside(server, keys.path("postgres.password"));
        }

        /** Its JDBC address, without user and password. */
        public String url() throws SQLException {
            try (Connection connection = server.connect()) {
                return connection.getMetaData().getURL();
            }
        }

        public String user() throws SQLException {
            try (Connection connection = server.connect()) {
                return connection.getMetaData().getUserName();
            }
        }

        public Path passwordFile() {
            return passwordFile;
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** Every living process of PostgreSQL that works in this cluster. */
    public static List<Long> processesIn(Path cluster) throws IOException {
        return Postmaster.processesIn(cluster);
    }

    static Engine engine() throws NotStarted {
        return Engine.unpacked(HOME.resolve("test-engine"));
    }

    /** A connection to a server whose commits would not survive a power cut. */
    static Connection forgetful() throws SQLException {
        return Running.SERVER.connect("postgres");
    }

    private static Store on(String database, InstantSource clock) throws NotStarted {
        return on(Running.SERVER, database, clock);
    }

    private static Store on(Postgres server, String database, InstantSource clock) throws NotStarted {
        return Store.on(new In(server, database), Optional.empty(), 6, clock, new Ulid(clock, new SecureRandom()));
    }

    private static void execute(String sql) throws SQLException {
        execute(Running.SERVER, sql);
    }

    private static void execute(Postgres server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Postgres start() {
        try {
            sweep();
            Path home = Files.createDirectories(
                    HOME.resolve(PREFIX + ProcessHandle.current().pid()));
            Postgres server = Postgres.started(
                    engine(),
                    home.resolve("postgres"),
                    KeyFolder.in(home.resolve("keys")),
                    new SecureRandom(),
                    Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, home)));
            execute(server, "create database migrated");
            on(server, "migrated", InstantSource.system()).close();
            return server;
        } catch (IOException | NotStarted | SQLException e) {
            throw new AssertionError("no test cluster", e);
        }
    }

    private static void end(Postgres server, Path home) {
        server.close();
        try {
            Folders.delete(home);
        } catch (IOException e) {
            // Swept by the next run.
        }
    }

    /** Removes clusters whose JVM was killed. */
    private static void sweep() throws IOException {
        Files.createDirectories(HOME);
        try (Stream<Path> children = Files.list(HOME)) {
            for (Path child : (Iterable<Path>) children::iterator) {
                String name = String.valueOf(child.getFileName());
                if (name.startsWith(PREFIX)
                        && ProcessHandle.of(Long.parseLong(name.substring(PREFIX.length())))
                                .isEmpty()) {
                    Postmaster.of(child.resolve("postgres"))
                            .flatMap(left -> ProcessHandle.of(left.pid()))
                            .ifPresent(TestCluster::stop);
                    Folders.delete(child);
                }
            }
        }
    }

    private static void stop(ProcessHandle left) {
        left.destroy();
        try {
            left.onExit().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            left.destroyForcibly();
        }
    }

    private record In(Postgres server, String database) implements Endpoint {
        @Override
        public Connection connect() throws SQLException {
            return server.connect(database);
        }

        @Override
        public boolean embedded() {
            return true;
        }

        @Override
        public String name() {
            return database;
        }
    }
}
