package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The file operations a ledger stands on, apart so that tests can make them fail. */
public interface Disk {
    /** The file system of the machine. */
    static Disk real() {
        return new RealDisk();
    }

    /** A new file of this many zero bytes, written out and synced; refuses to replace one. */
    SegmentFile create(Path file, long bytes) throws IOException;

    /** An existing segment, to read and write. */
    SegmentFile open(Path file) throws IOException;

    /**
     * Puts a file in place whole: new file, rename. Missing folders are made.
     *
     * @param durable also sync the file before the rename and its folder after
     */
    void put(Path file, ByteBuffer bytes, boolean durable) throws IOException;

    /** Moves a file to another name in the same folder, replacing what is there, and syncs the folder. */
    void rename(Path from, Path to) throws IOException;

    /** Makes a file or a folder durable. */
    void sync(Path path) throws IOException;

    /** Removes a file; none there is fine. */
    void delete(Path file) throws IOException;

    /** The bytes that can still be written below this folder. */
    long usable(Path folder) throws IOException;
}
