package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where things stand in a ledger's folder. */
record Layout(Path folder) {
    private static final String SEGMENT = "[0-9]{19}\\.seg";

    /** Says what the folder is; written last when a ledger is made. */
    Path identity() {
        return folder.resolve("log");
    }

    /** Held while a ledger is open; empty after a clean end. */
    Path lock() {
        return folder.resolve("lock");
    }

    Path checkpoint() {
        return folder.resolve("checkpoint");
    }

    /** The minimum index, where something was pruned. */
    Path minimum() {
        return folder.resolve("minimum");
    }

    /** Zeros, given up when the disk is full. */
    Path reserve() {
        return folder.resolve("reserve");
    }

    Path segments() {
        return folder.resolve("segments");
    }

    Path segment(long first) {
        return segments().resolve(String.format("%019d.seg", first));
    }

    /** The next segment, prepared and not yet named. */
    Path spare() {
        return segments().resolve("spare");
    }

    Path tiles() {
        return folder.resolve("tile");
    }

    Path tile(TilePath path) {
        return folder.resolve(path.toString());
    }

    /** The segments in the order of their entries. */
    List<Path> listSegments() throws IOException {
        if (!Files.isDirectory(segments())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(segments())) {
            return all.filter(Layout::isSegment)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    static boolean isSegment(Path file) {
        return file.getFileName().toString().matches(SEGMENT);
    }

    static boolean isFresh(Path file) {
        return file.getFileName().toString().startsWith(RealDisk.FRESH);
    }
}
