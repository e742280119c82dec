package dev.cinnabar.server.store;

import dev.cinnabar.server.law.NotStarted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded PostgreSQL of a data folder: made on the first start, adopted where a killed server left it running, watched and
 * started again when it dies, stopped cleanly.
 *
 * <p>It listens on the loopback only and lets nobody in without the password that lies in the key folder.
 */
final class Postgres implements Endpoint, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Postgres.class);
    private static final String PASSWORD = "postgres.password";
    private static final String USER = "cinnabar";
    private static final String HBA = """
            # Written by Cinnabar at each start. Nobody is trusted: a password even on the loopback.
            host all cinnabar 127.0.0.1/32 scram-sha-256
            """;

    /** What every start says on the command line, so that no file in the cluster can weaken it. */
    static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private final Engine engine;
    private final Path cluster;
    private final Path log;
    private final String password;
    private final Map<String, String> settings;
    private final Programs programs;
    private volatile Postmaster running;
    private volatile boolean stopping;

    private Postgres(Engine engine, Path cluster, String password, Map<String, String> settings, Programs programs)
            throws NotStarted {
        this.engine = engine;
        this.cluster = cluster;
        this.log = cluster.resolveSibling(cluster.getFileName() + ".log");
        this.password = password;
        this.settings = settings;
        this.programs = programs;
        this.running = start(0);
        watch();
    }

    /**
     * Starts the server of this cluster, made first where there is none.
     *
     * @param settings further settings of PostgreSQL; {@link #DURABLE} belongs in it wherever data matter
     */
    static Postgres started(
            Engine engine, Path cluster, KeyFolder keys, SecureRandom random, Map<String, String> settings)
            throws NotStarted {
        Programs programs = Programs.forOwnerOf(engine);
        boolean made = Files.exists(cluster.resolve("PG_VERSION"));
        if (made && keys.read(PASSWORD).isEmpty()) {
            throw new NotStarted(
                    "the database in " + cluster + " is there, but its password " + keys.path(PASSWORD) + " is not",
                    "restore the keys folder that belongs to this data folder");
        }
        String password = new String(
                keys.readOrMake(PASSWORD, () -> {
                    byte[] noise = new byte[24];
                    random.nextBytes(noise);
                    return HexFormat.of().formatHex(noise).getBytes(StandardCharsets.US_ASCII);
                }),
                StandardCharsets.US_ASCII);
        if (made) {
            refuseOtherMajor(cluster);
        } else {
            make(engine, programs, cluster, keys);
        }
        return new Postgres(engine, cluster, password, settings, programs);
    }

    private static void refuseOtherMajor(Path cluster) throws NotStarted {
        try {
            String major = Files.readString(cluster.resolve("PG_VERSION")).strip();
            if (!major.equals(Engine.MAJOR)) {
                throw new NotStarted(
                        "the database in " + cluster + " was made by PostgreSQL " + major + ", this is " + Engine.MAJOR,
                        "start the Cinnabar version that made it, or move the data as docs/operations/data-folder.md says");
            }
        } catch (IOException e) {
            throw new NotStarted("cannot read " + cluster + ": " + e, "let the server's own account read it", e);
        }
    }

    private static void make(Engine engine, Programs programs, Path cluster, KeyFolder keys) throws NotStarted {
        Path fresh = cluster.resolveSibling(cluster.getFileName() + ".new");
        try {
            Folders.delete(fresh);
            programs.run(
                    120,
                    engine.program("initdb"),
                    List.of(
                            "-D",
                            fresh.toString(),
                            "-U",
                            USER,
                            "-A",
                            "scram-sha-256",
                            "--pwfile=" + keys.path(PASSWORD),
                            "-E",
                            "UTF8",
                            "--locale-provider=builtin",
                            "--locale=C.UTF-8",
                            "--data-checksums"));
            Files.writeString(fresh.resolve("pg_hba.conf"), HBA);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwx------"));
            Files.move(fresh, cluster, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new NotStarted(
                    "cannot make the database in " + cluster + ": " + e.getMessage(),
                    "make the data folder writable, with 200 MB free; or set database.url",
                    e);
        }
    }

    /** Adopts or starts; the port is kept where it is still free. */
    private synchronized Postmaster start(int port) throws NotStarted {
        Optional<Postmaster> adopted = adopted();
        if (adopted.isPresent()) {
            LOG.info(
                    "adopted the PostgreSQL that runs on {} as process {}",
                    cluster,
                    adopted.get().pid());
            return adopted.get();
        }
        String why = "";
        for (int attempt = 0; attempt < 5; attempt++) {
            try {
                clearAway();
                Files.writeString(cluster.resolve("pg_hba.conf"), HBA);
                int at = attempt == 0 && port != 0 ? port : freePort();
                programs.run(330, engine.program("pg_ctl"), startCommand(at));
                return Postmaster.of(cluster).orElseThrow(() -> new IOException("it started and went at once"));
            } catch (IOException e) {
                why = e.getMessage() + tail();
            }
        }
        throw new NotStarted(
                "the embedded PostgreSQL does not start: " + why,
                "see " + log + "; a full disk and a changed owner of the files are the usual reasons");
    }

    private List<String> startCommand(int port) {
        String options = settings.entrySet().stream()
                .map(e -> "-c " + e.getKey() + "=" + e.getValue())
                .sorted()
                .collect(Collectors.joining(" "));
        return List.of(
                "start",
                "-w",
                "-t",
                "300",
                "-s",
                "-D",
                cluster.toString(),
                "-l",
                log.toString(),
                "-o",
                "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c port=" + port
                        + " -c max_connections=64 -c shared_buffers=64MB -c jit=off -c log_timezone=UTC -c timezone=UTC"
                        + " -c password_encryption=scram-sha-256 " + options);
    }

    private Optional<Postmaster> adopted() throws NotStarted {
        try {
            Optional<Postmaster> left = Postmaster.of(cluster);
            if (left.isEmpty()) {
                return left;
            }
            try (Connection connection = login(left.get().port(), "postgres").connect()) {
                if (settings.entrySet().containsAll(DURABLE.entrySet())) {
                    Durability.assertOf(connection, name());
                }
                return left;
            } catch (SQLException | NotStarted e) {
                LOG.warn("the PostgreSQL that runs on {} is stopped and started anew: {}", cluster, e.getMessage());
                programs.run(90, engine.program("pg_ctl"), stopCommand("fast"));
                return Optional.empty();
            }
        } catch (IOException e) {
            throw new NotStarted(
                    "a PostgreSQL that runs on " + cluster + " can neither be used nor stopped: " + e.getMessage(),
                    "end the process named in postmaster.pid there, then start again",
                    e);
        }
    }

    /** Waits for orphaned backends of a killed postmaster, then removes a pid file that names nobody: PostgreSQL would take the stranger behind a reused pid for itself. */
    private void clearAway() throws IOException {
        for (int i = 0; i < 100 && !Postmaster.processesIn(cluster).isEmpty(); i++) {
            pause(100);
        }
        if (Postmaster.processesIn(cluster).isEmpty()) {
            Files.deleteIfExists(cluster.resolve("postmaster.pid"));
        }
    }

    private void watch() {
        Thread.ofPlatform().daemon().name("postgres-watch").start(() -> {
            while (!stopping) {
                pause(200);
                if (!stopping && !running.alive(cluster)) {
                    restart();
                }
            }
        });
    }

    private void restart() {
        try {
            LOG.error("PostgreSQL (process {}) died; starting it again. Requests are refused meanwhile", running.pid());
            Postmaster again = start(running.port());
            running = again;
            LOG.info("PostgreSQL is back as process {}", again.pid());
        } catch (NotStarted e) {
            LOG.error("{}; {}", e.getMessage(), e.remedy());
            pause(2_000);
        }
    }

    @Override
    public Connection connect() throws SQLException {
        return connect("postgres");
    }

    /** A connection to another database of the same cluster. */
    Connection connect(String database) throws SQLException {
        return login(running.port(), database).connect();
    }

    private Login login(int port, String database) {
        return new Login("jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, password);
    }

    @Override
    public boolean embedded() {
        return true;
    }

    @Override
    public String name() {
        return "the embedded PostgreSQL";
    }

    /** The process that runs now: for tests that kill it. */
    long pid() {
        return running.pid();
    }

    private List<String> stopCommand(String mode) {
        return List.of("stop", "-w", "-t", "60", "-s", "-m", mode, "-D", cluster.toString());
    }

    /** Stops cleanly: everything committed is on disk, nothing has to be recovered at the next start. */
    @Override
    public void close() {
        stopping = true;
        synchronized (this) {
            try {
                if (running.alive(cluster)) {
                    programs.run(90, engine.program("pg_ctl"), stopCommand("fast"));
                }
            } catch (IOException e) {
                LOG.error("PostgreSQL on {} did not stop: {}; it recovers at the next start", cluster, e.getMessage());
            }
        }
    }

    private String tail() {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(log, StandardCharsets.UTF_8));
            return lines.isEmpty()
                    ? ""
                    : "\n  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
