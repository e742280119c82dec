package dev.cinnabar.server;

import dev.cinnabar.server.law.NotStarted;
import dev.cinnabar.server.store.DataFolder;
import dev.cinnabar.server.store.TestCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, as an operator runs it: there to be killed. What it prints is kept. */
public final class Child implements AutoCloseable {
    private static final String READY = "Ready ";
    private static final String MANAGEMENT = "management ";

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();

    private Child(Process process) {
        this.process = process;
        keep(process.getInputStream(), out);
        keep(process.getErrorStream(), err);
    }

    /** What runs in the other process: the service until it is told to stop, as the command {@code serve} does it. */
    static final class Serving {
        private Serving() {}

        public static void main(String[] args) throws InterruptedException {
            ServeOptions options = new ServeOptions(
                    Optional.empty(),
                    OptionalInt.of(0),
                    Optional.of(Path.of(args[0])),
                    Optional.empty(),
                    false,
                    Map.of(),
                    System.out);
            try (Server server = Server.start(options)) {
                System.out.println(MANAGEMENT + server.managementUrl());
                server.await();
                System.exit(0);
            } catch (NotStarted e) {
                System.err.println(e.getMessage());
                System.exit(3);
            }
        }
    }

    /** Lays out a data folder with these settings, and with the engine that all tests share. */
    public static void layOut(Path data, boolean demo, String settings) throws IOException, NotStarted {
        try (DataFolder folder = DataFolder.open(data, InstantSource.system())) {
            TestCluster.unpackInto(folder.engine());
        }
        if (demo) {
            Files.createFile(data.resolve("demo"));
        }
        Files.writeString(data.resolve("cinnabar.yaml"), settings);
    }

    /** Starts a server on this folder and waits until it is ready. */
    public static Child serving(Path data) throws IOException, InterruptedException {
        Child child = new Child(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Serving.class.getName(),
                        data.toString())
                .start());
        child.after(MANAGEMENT);
        return child;
    }

    private void keep(InputStream in, List<String> lines) {
        Thread.ofVirtual().start(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                // It was killed.
            }
        });
    }

    /** What follows the beginning of a line that it printed, waited for. */
    public String after(String beginning) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (System.nanoTime() < until) {
            Optional<String> line =
                    out.stream().filter(each -> each.startsWith(beginning)).findFirst();
            if (line.isPresent()) {
                return line.get().substring(beginning.length());
            }
            if (!process.isAlive()) {
                break;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no line \"" + beginning + "\" in 90 s or before its end: " + out + err);
    }

    public String url() throws InterruptedException {
        return after(READY);
    }

    public String managementUrl() throws InterruptedException {
        return after(MANAGEMENT);
    }

    /** The lines of its log so far. */
    public List<String> log() {
        return List.copyOf(err);
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; it goes on with what runs. */
    public void tell() {
        process.destroy();
    }

    /** Waits for its end and gives its exit code. */
    public int ended(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it still runs after " + within + ": " + err);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
