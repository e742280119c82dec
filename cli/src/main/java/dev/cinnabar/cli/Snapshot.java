package dev.cinnabar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A log as it stood at a moment, in a folder of its own, so that it can be opened while its server goes on writing. The checkpoint is copied first, then the segments,
 * then the tiles: whatever the checkpoint covers is then in one of the two, and opening the copy is what opening after a crash is. Full tiles never change, so they
 * are linked where the file system can.
 */
record Snapshot(Path folder) implements AutoCloseable {
    static Snapshot of(Path log) throws IOException {
        Path copy = Files.createTempDirectory("cinnabar-ledger-");
        Snapshot snapshot = new Snapshot(copy);
        try {
            List<Path> files = files(log);
            for (int stage = 0; stage <= 2; stage++) {
                for (Path file : stage == 0 ? files : files(log)) {
                    String name = log.relativize(file).toString();
                    if (stage(name) == stage) {
                        copy(file, copy.resolve(name), stage == 2);
                    }
                }
            }
            return snapshot;
        } catch (IOException e) {
            snapshot.close();
            throw e;
        }
    }

    private static int stage(String name) {
        if (name.startsWith("tile")) {
            return 2;
        }
        if (name.startsWith("segments")) {
            return 1;
        }
        return name.equals("lock") || name.equals("reserve") ? 3 : 0;
    }

    private static void copy(Path from, Path to, boolean link) throws IOException {
        Files.createDirectories(to.resolveSibling("."));
        try {
            if (link) {
                Files.createLink(to, from);
                return;
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Another file system: copied below.
        }
        try {
            Files.copy(from, to);
        } catch (NoSuchFileException e) {
            // A segment that was finished meanwhile: what it held is in the tiles, which are copied later.
        }
    }

    private static List<Path> files(Path log) throws IOException {
        try (Stream<Path> all = Files.walk(log)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
