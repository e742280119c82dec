package dev.cinnabar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the files go that a command writes; exactly one of the three. */
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

    /** Why a file must not be written where it would go. */
    record Nowhere(String reason, String remedy) {}

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

    /** Why a file cannot go where it would: never over itself unless that was asked, never over another of the same run. To be asked once a file, in their order. */
    Optional<Nowhere> objection(Path file, Path below) {
        Path to = to(file, below);
        if (!inPlace && same(file, to)) {
            return Optional.of(new Nowhere(
                    "the labelled file would replace it", "add --in-place if that is wanted, or name another target"));
        }
        return written.add(to.toAbsolutePath().normalize().toString())
                ? Optional.empty()
                : Optional.of(
                        new Nowhere("another file of this run goes to " + to, "label them into different folders"));
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

    /** Where a file goes. */
    Path to(Path file, Path below) {
        if (out != null) {
            return out;
        }
        return into == null ? file : into.resolve(below);
    }

    private static boolean same(Path file, Path to) {
        try {
            return Files.exists(to) && Files.isSameFile(file, to);
        } catch (IOException e) {
            return false;
        }
    }
}
