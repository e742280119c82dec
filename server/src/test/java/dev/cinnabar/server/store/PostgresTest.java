package dev.cinnabar.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.server.law.NotStarted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded PostgreSQL on bad days: killed, left behind, misconfigured, foreign. */
class PostgresTest {
    /** One cluster for all tests: making one costs seconds on a slow disk. */
    @TempDir
    private static Path home;

    @Test
    void itIsDurableAndLetsNobodyInWithoutThePassword() throws Exception {
        try (DataFolder data = data();
                Postgres postgres = started(data)) {
            try (Connection connection = postgres.connect()) {
                assertThat(Durability.assertOf(connection, "here")).isEmpty();
                assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
            }
            int port = Postmaster.of(data.postgres()).orElseThrow().port();
            for (String password : List.of("", "cinnabar", "postgres")) {
                assertThatThrownBy(() -> DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "cinnabar", password))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password");
            }
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.keys().path("postgres.password"))))
                    .isEqualTo("rw-------");
            assertThat(Files.readAllLines(data.postgres().resolve("pg_hba.conf")))
                    .filteredOn(line -> !line.startsWith("#"))
                    .containsExactly("host all cinnabar 127.0.0.1/32 scram-sha-256");
        }
    }

    @Test
    void aDatabaseThatWouldForgetIsRefused() throws Exception {
        try (Connection connection = TestCluster.forgetful()) {
            assertThatThrownBy(() -> Durability.assertOf(connection, "the test cluster"))
                    .isInstanceOf(NotStarted.class)
                    .hasMessageContaining("the test cluster")
                    .hasMessageContaining("power cut");
        }
    }

    @Test
    void killedItIsRefusedThenBackWithEverythingAndWithoutARestart() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (DataFolder data = data();
                Store store =
                        Store.open(DatabaseSettings.embedded(), data, InstantSource.system(), new SecureRandom())) {
            store.changes().listen("things", told::addAll);
            await("confirmed", store.changes()::confirmed);
            store.database().useTransaction(h -> h.execute("create table things (n int primary key)"));
            List<Integer> acknowledged = new ArrayList<>();
            long pid = Postmaster.of(data.postgres()).orElseThrow().pid();
            int refused = 0;
            for (int n = 0; n < 2000 && (refused == 0 || acknowledged.getLast() < n - 1); n++) {
                if (n == 20) {
                    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
                }
                try {
                    int value = n;
                    store.database().useTransaction(h -> {
                        h.execute("insert into things values (?)", value);
                        store.changes().bump(h, "things", "n" + value);
                    });
                    acknowledged.add(n);
                    if (refused > 0) {
                        break;
                    }
                } catch (RuntimeException e) {
                    refused++;
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            }
            assertThat(refused).as("refused while it was away").isPositive();
            List<Integer> kept = store.database()
                    .inTransaction(h -> h.createQuery("select n from things order by n")
                            .mapTo(Integer.class)
                            .list());
            assertThat(kept).containsAll(acknowledged);
            await("confirmed again", store.changes()::confirmed);
            assertThat(told).contains("n" + acknowledged.getLast());
            assertThat(Postmaster.of(data.postgres()).orElseThrow().pid()).isNotEqualTo(pid);
        }
        assertThat(Postmaster.processesIn(home.resolve("data/postgres")))
                .as("a clean stop leaves nobody")
                .isEmpty();
    }

    @Test
    void onePostmasterLeftBehindIsAdopted() throws Exception {
        try (DataFolder data = data();
                Postgres left = started(data);
                Postgres adopted = started(data)) {
            assertThat(adopted.pid()).isEqualTo(left.pid());
            try (Connection connection = adopted.connect()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void aPidFileThatNamesAStrangerDoesNotStopIt() throws Exception {
        try (DataFolder data = data()) {
            started(data).close();
            // A pid is reused after a reboot: here by this very process.
            Files.writeString(
                    data.postgres().resolve("postmaster.pid"),
                    ProcessHandle.current().pid() + "\n" + data.postgres() + "\n1\n5432\n\n127.0.0.1\n0 0\nready\n");
            try (Postgres postgres = started(data);
                    Connection connection = postgres.connect()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void aClusterOfAnotherVersionOrWithoutItsPasswordIsRefused() throws Exception {
        try (DataFolder data = data()) {
            started(data).close();
            Path version = data.postgres().resolve("PG_VERSION");
            Files.writeString(version, "17\n");
            assertThatThrownBy(() -> started(data)).hasMessageContaining("PostgreSQL 17");
            Files.writeString(version, "18\n");
            byte[] password = data.keys().read("postgres.password").orElseThrow();
            Files.delete(data.keys().path("postgres.password"));
            assertThatThrownBy(() -> started(data)).hasMessageContaining("postgres.password");
            data.keys().write("postgres.password", password);
        }
    }

    private static DataFolder data() throws Exception {
        DataFolder data = DataFolder.open(home.resolve("data"), InstantSource.system());
        TestCluster.unpackInto(data.engine());
        return data;
    }

    private static Postgres started(DataFolder data) throws NotStarted {
        return Postgres.started(
                Engine.unpacked(data.engine()), data.postgres(), data.keys(), new SecureRandom(), Postgres.DURABLE);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
