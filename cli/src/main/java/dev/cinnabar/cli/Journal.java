package dev.cinnabar.cli;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The report of a run as it grows: {@code files.jsonl} in the report's folder, one line a file, handed to the operating system line by line. A run that was ended, by whatever,
 * goes on from it: a file that was done and has not changed since is not done again; one that failed is.
 */
final class Journal implements Closeable {
    static final String NAME = "files.jsonl";

    private final Path path;
    private final Fingerprints done;
    private final Writer out;

    private Journal(Path path, Fingerprints done, Writer out) {
        this.path = path;
        this.done = done;
        this.out = out;
    }

    /** What tells whether a file is still the one that was done. */
    record State(long size, long modified) {
        static Optional<State> of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return Optional.of(new State(now.size(), now.lastModifiedTime().toMillis()));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    static Journal begin(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path path = folder.resolve(NAME);
        return new Journal(path, new Fingerprints(), Files.newBufferedWriter(path, StandardOpenOption.CREATE_NEW));
    }

    /** Goes on from an earlier run's journal, or begins where there is none. The lines that no longer hold are dropped; so is a last line that was cut. */
    static Journal resume(Path folder) throws IOException {
        Path path = folder.resolve(NAME);
        if (!Files.exists(path)) {
            return begin(folder);
        }
        Fingerprints done = new Fingerprints();
        Path kept = folder.resolve(NAME + ".part");
        try (BufferedReader lines = Files.newBufferedReader(path);
                Writer out = Files.newBufferedWriter(kept)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<JournalLine> read = JournalLine.parse(line);
                if (read.isPresent() && holds(read.get()) && done.add(read.get().file())) {
                    out.write(line + "\n");
                }
            }
        }
        Files.move(kept, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new Journal(path, done, Files.newBufferedWriter(path, StandardOpenOption.APPEND));
    }

    private static boolean holds(JournalLine line) {
        try {
            return line.exit() != Exit.FAILED.code()
                    && State.of(Path.of(line.file())).equals(Optional.of(line.state()))
                    && line.out().map(out -> Files.exists(Path.of(out))).orElse(true);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    /** Whether an earlier run did this file. */
    boolean did(Path file) {
        return done.contains(key(file));
    }

    /** How many files earlier runs did. */
    int did() {
        return done.size();
    }

    void add(Path file, Optional<State> state, Told told) throws IOException {
        Json line = new Json()
                .with("v", 1)
                .with("path", key(file))
                .with("size", state.map(State::size).orElse(-1L))
                .with("modified", state.map(State::modified).orElse(-1L))
                .with("exit", told.exit().code());
        String head = line.toString();
        out.write(head.substring(0, head.length() - 1) + ",\"result\":" + told.json() + "}\n");
        out.flush();
    }

    private static String key(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
