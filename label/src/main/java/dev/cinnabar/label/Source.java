package dev.cinnabar.label;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** Where a file's bytes come from: a path or memory. Opening gives random access; nothing is loaded before it is asked for. */
public sealed interface Source permits FileSource, MemorySource {
    /** A file on disk; its name is the last part of the path. */
    static Source of(Path path) {
        return new FileSource(path);
    }

    /** Bytes in memory (not copied: do not change them while they are read), with the name a user knows them by. */
    static Source of(String name, byte[] bytes) {
        return new MemorySource(name, bytes);
    }

    /** The file's name, without folders; its ending helps to tell Markdown from plain text. */
    String name();

    /** Opens the bytes; throws where the world fails (no such file, no permission). */
    Bytes open() throws IOException;

    /** Random access to the bytes of a source. Not for several threads at once. */
    interface Bytes extends Closeable {
        /** The number of bytes, fixed when opened. */
        long size();

        /** Reads up to {@code length} bytes from position {@code at}; gives the number read, fewer only at the end (0 at or beyond it). */
        int read(long at, byte[] into, int offset, int length) throws IOException;

        /** Copies a stretch to a channel, for files without passing through memory; throws where the source holds less. */
        void copyTo(long at, long length, WritableByteChannel target) throws IOException;

        /** Whether the source has become another since it was opened, so that what was read may belong to no whole file. */
        default boolean changed() throws IOException {
            return false;
        }
    }
}
