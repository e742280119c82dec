package dev.cinnabar.server.store;

import dev.cinnabar.server.law.NotStarted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the programs of PostgreSQL, which refuse to run as root: for root they run in a user namespace of their own, where they are nobody. */
final class Programs {
    private final List<String> prefix;

    private Programs(List<String> prefix) {
        this.prefix = prefix;
    }

    static Programs forOwnerOf(Engine engine) throws NotStarted {
        if (!isRoot()) {
            return new Programs(List.of());
        }
        Programs apart = new Programs(List.of("unshare", "-U"));
        try {
            apart.run(20, engine.program("postgres"), List.of("--version"));
            return apart;
        } catch (IOException e) {
            throw new NotStarted(
                    "PostgreSQL does not run as root, and this machine allows no user namespace (" + e.getMessage()
                            + ")",
                    "start Cinnabar as an ordinary user, or set database.url",
                    e);
        }
    }

    /** Runs to the end; fails with what the program said. */
    void run(int seconds, Path program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(arguments);
        // A file and not a pipe: a postmaster that inherited the pipe would keep it open for ever.
        Path said = Files.createTempFile("cinnabar-postgres", ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroy();
                throw new IOException(program.getFileName() + " did not end within " + seconds + " s");
            }
            if (process.exitValue() != 0) {
                String words = Files.readString(said, StandardCharsets.UTF_8).strip();
                throw new IOException(program.getFileName() + " ended with " + process.exitValue() + ": " + words);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(program.getFileName() + " was interrupted", e);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static boolean isRoot() throws NotStarted {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new NotStarted("cannot tell which account this is: " + e, "mount /proc", e);
        }
    }
}
