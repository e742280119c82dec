package dev.cinnabar.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One command line in a process of its own, where signals and the whole life of a server matter. */
final class Program implements AutoCloseable {
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();
    private final Thread reader;

    private Program(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(() -> {
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                out.lines().forEach(lines::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                lines.add("(its output broke off: " + e + ")");
            }
        });
    }

    /** Starts it; what it says to either stream is read together. */
    static Program cinnabar(Path folder, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.cinnabar.cli.Main"));
        command.addAll(List.of(args));
        return new Program(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start());
    }

    /** Waits until a line begins so, and gives it; an AssertionError where none comes in two minutes or the program ends. */
    String line(String beginning) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (System.nanoTime() < end) {
            String line = lines.poll(100, TimeUnit.MILLISECONDS);
            if (line != null) {
                seen.add(line);
                if (line.startsWith(beginning)) {
                    return line;
                }
            } else if (!process.isAlive() && !reader.isAlive()) {
                break;
            }
        }
        throw new AssertionError("no line \"" + beginning + "\" in " + seen);
    }

    /** Every line so far. */
    List<String> seen() {
        lines.drainTo(seen);
        return List.copyOf(seen);
    }

    /** Its exit code, once it ended by itself. */
    int ended() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new AssertionError("it did not end: " + seen());
        }
        reader.join();
        return process.exitValue();
    }

    /** Asks it to stop, as a service manager does, and waits for its end. */
    int stopped() throws InterruptedException {
        process.destroy();
        return ended();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
