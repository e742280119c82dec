package dev.cinnabar.server;

import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.DataFolder;
import dev.cinnabar.server.store.Timers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** The running service: opens the data folder, boots, prints {@code Ready}, and at the end drains and closes. */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Settings settings;
    private final DataFolder data;
    private final ConfigurableApplicationContext context;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean awaited;

    private Server(Settings settings, DataFolder data, ConfigurableApplicationContext context) {
        this.settings = settings;
        this.data = data;
        this.context = context;
    }

    /**
     * Starts the service and returns when it serves; SIGTERM and Ctrl-C then close it.
     *
     * @throws NotStarted what failed and what to do about it; nothing is left running
     */
    public static Server start(ServeOptions options) throws NotStarted {
        Settings settings = options.over(SettingsFile.read(configuration(options), options.environment()));
        DataFolder data = DataFolder.open(settings.data(), InstantSource.system());
        try {
            Server server = new Server(settings, data, Boot.run(settings, data, Demo.mode(options.demo(), data)));
            try {
                server.open(options);
                return server;
            } catch (NotStarted | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (NotStarted | RuntimeException e) {
            release(data);
            throw e;
        }
    }

    private static Optional<Path> configuration(ServeOptions options) {
        Path folder = options.data()
                .or(() -> Optional.ofNullable(options.environment().get("CINNABAR_DATA"))
                        .map(Path::of))
                .orElse(Path.of("cinnabar-data"));
        Path beside = folder.resolve("cinnabar.yaml");
        return options.config().or(() -> Files.exists(beside) ? Optional.of(beside) : Optional.empty());
    }

    private void open(ServeOptions options) throws NotStarted {
        context.getBean(Timers.class).begin();
        Changes changes = context.getBean(Changes.class);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!changes.confirmed()) {
            if (System.nanoTime() > until) {
                throw new NotStarted("the database did not answer for 30 s", "see the messages above");
            }
            pause();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        context.getBean(Drain.class).open();
        context.getBean(FirstStart.class).lines().forEach(options.out()::println);
        options.out().println("Ready " + url());
        options.out().flush();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it serves, like {@code http://127.0.0.1:8080}. */
    public String url() {
        return (settings.tls().on() ? "https" : "http") + "://"
                + settings.http().host() + ":" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** Where health and figures are. */
    public String managementUrl() {
        return "http://" + settings.management().host() + ":"
                + context.getBean(Management.class).port();
    }

    /** A service of the running server, by its type: for tests and the guided tour. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** Waits until the server is closed. A process that waits here ends with 0 when a signal told it to stop and everything was closed. */
    public void await() throws InterruptedException {
        awaited = true;
        closed.await();
    }

    private void stop() {
        close();
        if (awaited) {
            // The JVM would report the signal (143 for SIGTERM) as if the stop had failed.
            Runtime.getRuntime().halt(0);
        }
    }

    /** Lets what is inside finish, then closes logs, contents and database. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            awaitQuietly();
            return;
        }
        try {
            if (!context.getBean(Drain.class).shut(settings.http().drain())) {
                LOG.warn(
                        "requests still ran after {} s; they are cut",
                        settings.http().drain().toSeconds());
            }
            context.close();
            release(data);
        } finally {
            closed.countDown();
        }
    }

    private void awaitQuietly() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void release(DataFolder data) {
        try {
            data.close();
        } catch (IOException e) {
            LOG.warn("the data folder could not be unlocked: {}", e.toString());
        }
    }
}
