package dev.cinnabar.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.law.Ulid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that stands on PostgreSQL, opened together and closed in the right order. */
public final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private final Optional<Postgres> embedded;
    private final HikariDataSource pool;
    private final ChangePoll poll;
    private final ScheduledTimers timers;
    private final PolledChanges changes;
    private final TableOutbox outbox;
    private final Database database;
    private final Database background;

    private Store(
            Endpoint endpoint, Optional<Postgres> embedded, HikariDataSource pool, InstantSource clock, Ulid ids) {
        this.embedded = embedded;
        this.pool = pool;
        Unwritten unwritten = new Unwritten();
        this.outbox = new TableOutbox(unwritten, clock, ids);
        this.changes = new PolledChanges(unwritten, System::nanoTime);
        this.database = new PooledDatabase(new Counting(pool), unwritten, outbox, changes);
        Counting behind = new Counting(pool);
        this.background = new PooledDatabase(behind, unwritten, outbox, changes);
        this.timers = new ScheduledTimers(behind);
        this.poll = new ChangePoll(endpoint, changes);
    }

    /** Opens the database that the settings name, asserts that it is durable, and brings its tables up to date. */
    public static Store open(DatabaseSettings settings, DataFolder data, InstantSource clock, SecureRandom random)
            throws NotStarted {
        Optional<Postgres> embedded = Optional.empty();
        if (settings.url().isEmpty()) {
            Engine engine = Engine.unpacked(data.engine());
            embedded = Optional.of(Postgres.started(engine, data.postgres(), data.keys(), random, Postgres.DURABLE));
        }
        Endpoint endpoint = embedded.isPresent() ? embedded.get() : Given.of(settings);
        try {
            return open(endpoint, embedded, settings.connections(), clock, random);
        } catch (NotStarted | RuntimeException e) {
            embedded.ifPresent(Postgres::close);
            throw e;
        }
    }

    private static Store open(
            Endpoint endpoint, Optional<Postgres> embedded, int connections, InstantSource clock, SecureRandom random)
            throws NotStarted {
        try (Connection connection = endpoint.connect()) {
            Durability.assertOf(connection, endpoint.name()).forEach(LOG::warn);
        } catch (SQLException e) {
            throw new NotStarted(
                    "cannot sign in to " + endpoint.name() + ": " + e.getMessage(),
                    "check database.url, database.user and database.password-file, and that the server is up",
                    e);
        }
        return on(endpoint, embedded, connections, clock, new Ulid(clock, random));
    }

    /** Opens the pool and the tables on a database that is trusted to be durable. */
    static Store on(Endpoint endpoint, Optional<Postgres> embedded, int connections, InstantSource clock, Ulid ids)
            throws NotStarted {
        HikariDataSource pool = pool(endpoint, connections);
        try {
            migrate(pool);
        } catch (NotStarted e) {
            pool.close();
            throw e;
        }
        return new Store(endpoint, embedded, pool, clock, ids);
    }

    private static HikariDataSource pool(Endpoint endpoint, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setDataSource(new EndpointSource(endpoint));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(3_000);
        config.setValidationTimeout(1_000);
        config.setInitializationFailTimeout(-1);
        config.setMaxLifetime(1_800_000);
        return new HikariDataSource(config);
    }

    private static void migrate(HikariDataSource pool) throws NotStarted {
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .outOfOrder(true)
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new NotStarted(
                    "the tables cannot be brought up to date: " + e.getMessage(),
                    "a database of a newer Cinnabar needs that newer Cinnabar; else restore the last backup",
                    e);
        }
    }

    /** Transactions on behalf of requests and people; their statements are counted. */
    public Database database() {
        return database;
    }

    /** Transactions of followers and sweeps, counted apart, so that a warm request can be shown to run none. */
    public Database background() {
        return background;
    }

    public Changes changes() {
        return changes;
    }

    public Outbox outbox() {
        return outbox;
    }

    public Timers timers() {
        return timers;
    }

    /** Stops timers, polling, pool and, where it is ours, PostgreSQL. */
    @Override
    public void close() {
        timers.close();
        poll.close();
        pool.close();
        embedded.ifPresent(Postgres::close);
    }

    /** A database that somebody else runs. */
    private record Given(Login login) implements Endpoint {
        static Given of(DatabaseSettings settings) throws NotStarted {
            String password = "";
            if (settings.passwordFile().isPresent()) {
                Path file = settings.passwordFile().get();
                try {
                    password = Files.readString(file).strip();
                } catch (IOException e) {
                    throw new NotStarted(
                            "cannot read database.password-file " + file + ": " + e, "let the server read it", e);
                }
            }
            return new Given(
                    new Login(settings.url().orElse(""), settings.user().orElse(""), password));
        }

        @Override
        public Connection connect() throws SQLException {
            return login.connect();
        }

        @Override
        public boolean embedded() {
            return false;
        }

        @Override
        public String name() {
            return login.url().replaceFirst("\\?.*", "");
        }
    }
}
