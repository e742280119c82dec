package dev.cinnabar.ledger;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@link Fsck} found.
 *
 * @param origin the log's name, where its checkpoint can be read
 * @param entries entries that are on disk and right
 * @param published the size that the newest checkpoint vouches for
 * @param bytesRead how much was read
 * @param faults what is wrong, in the order it was met; none in a sound ledger
 * @param notes what is worth knowing and harmless
 */
public record FsckReport(
        Optional<Origin> origin, long entries, long published, long bytesRead, List<Fault> faults, List<String> notes) {
    /** Copies the lists. */
    public FsckReport {
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    /**
     * One thing that is wrong.
     *
     * @param file the file, relative to the ledger's folder
     * @param offset where in it, in bytes, where that is known
     * @param index the entry concerned, where it is one
     * @param what what is wrong
     * @param remedy what to do
     */
    public record Fault(String file, OptionalLong offset, OptionalLong index, String what, String remedy) {
        @Override
        public String toString() {
            return file
                    + (offset.isPresent() ? " at byte " + offset.getAsLong() : "")
                    + (index.isPresent() ? " (entry " + index.getAsLong() + ")" : "")
                    + ": " + what + ". " + remedy;
        }
    }

    /** Whether nothing is wrong. */
    public boolean sound() {
        return faults.isEmpty();
    }
}
