package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the files of a ledger for {@link Fsck} and writes down what is wrong with them, once a file. */
final class FsckBook {
    static final String RESTORE = "Keep the folder for examination, then restore the file from a backup.";
    static final String REMAKE = "Nothing is lost: it can be made again from the entries; restore it from a backup.";

    private final Layout layout;
    private final boolean live;
    private final List<FsckReport.Fault> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<Path> named = new HashSet<>();
    private long bytesRead;

    FsckBook(Layout layout, boolean live) {
        this.layout = layout;
        this.live = live;
    }

    Layout layout() {
        return layout;
    }

    /** Whether the ledger is open and may grow while it is read. */
    boolean live() {
        return live;
    }

    long bytesRead() {
        return bytesRead;
    }

    List<FsckReport.Fault> faults() {
        return faults;
    }

    List<String> notes() {
        return notes;
    }

    /** The whole file; empty where there is none, and where it cannot be read, which is a fault. */
    Optional<byte[]> read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            bytesRead += bytes.length;
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            fault(file, "it cannot be read: " + e.getMessage(), "Look at the disk. " + RESTORE);
            return Optional.empty();
        }
    }

    void fault(Path file, String what, String remedy) {
        fault(file, OptionalLong.empty(), OptionalLong.empty(), what, remedy);
    }

    void fault(Path file, OptionalLong offset, OptionalLong index, String what, String remedy) {
        if (named.add(file)) {
            faults.add(new FsckReport.Fault(name(file), offset, index, what, remedy));
        }
    }

    void note(String what) {
        notes.add(what);
    }

    String name(Path file) {
        return layout.folder().relativize(file).toString();
    }
}
