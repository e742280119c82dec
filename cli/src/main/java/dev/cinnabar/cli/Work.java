package dev.cinnabar.cli;

import java.nio.file.Path;
import java.util.Optional;

/** What a command does with each file of a run. Several threads call it at once. */
interface Work {
    /** What speaks against doing a file at all. Asked of each file before it is done, by one thread, in the order of the files. */
    default Optional<Told> objection(Path file, Path below) {
        return Optional.empty();
    }

    /**
     * Does one file; what goes wrong with it is told, never thrown.
     *
     * @param below the file relative to the folder it was found in; its own name where it was named
     */
    Told file(Path file, Path below);

    /** Tells of something named or met that could not be taken. */
    Told unreadable(Path path, String reason, String remedy);

    /** Whether the work writes the very files it reads. */
    default boolean changesItsFiles() {
        return false;
    }
}
