package dev.cinnabar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the files go that a command writes; exactly one of the three. Several threads ask it at once. */
final class Target {
    @Option(names = "-o", paramLabel = "OUT", description = "The labelled file (for one FILE).")
    private @Nullable Path out;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            description = "A folder for the labelled files; folders below named ones are kept.")
    private @Nullable Path into;

    @Option(names = "--in-place", description = "Replace each file by its labelled form.")
    private boolean inPlace;

    private final Fingerprints written = new Fingerprints();

    /** What is to be done with one file. */
    sealed interface Place {
        /** It is written there. */
        record To(Path path) implements Place {}

        /** It must not be written. */
        record Nowhere(String reason, String remedy) implements Place {}
    }

    boolean inPlace() {
        return inPlace;
    }

    /** Whether it names one file only. */
    boolean one() {
        return out != null;
    }

    /** The folders that are written into, not to be read in the same run. */
    Path[] folders() {
        return into == null ? new Path[0] : new Path[] {into};
    }

    /** Where a file goes: never over itself unless that was asked, never over another of the same run. */
    Place of(Path file, Path below) {
        Path to = to(file, below);
        if (!inPlace && same(file, to)) {
            return new Place.Nowhere(
                    "the labelled file would replace it", "add --in-place if that is wanted, or name another target");
        }
        if (!claimed(to)) {
            return new Place.Nowhere(
                    "another file of this run was already written to " + to, "label them into different folders");
        }
        return new Place.To(to);
    }

    /** Makes the folder that a file goes to. */
    void prepare(Path to) throws IOException {
        if (into != null) {
            Optional<Path> parent = Optional.ofNullable(to.toAbsolutePath().getParent());
            if (parent.isPresent()) {
                Files.createDirectories(parent.get());
            }
        }
    }

    private Path to(Path file, Path below) {
        if (out != null) {
            return out;
        }
        return into == null ? file : into.resolve(below);
    }

    private boolean claimed(Path to) {
        synchronized (written) {
            return written.add(to.toAbsolutePath().normalize().toString());
        }
    }

    private static boolean same(Path file, Path to) {
        try {
            return Files.exists(to) && Files.isSameFile(file, to);
        } catch (IOException e) {
            return false;
        }
    }
}
