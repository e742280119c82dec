package dev.cinnabar.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One open segment file. */
public interface SegmentFile extends Closeable {
    /** Writes all that remains in the buffer at this offset. */
    void write(ByteBuffer bytes, long at) throws IOException;

    /** Reads from this offset until the buffer is full or the file ends. */
    void read(ByteBuffer into, long at) throws IOException;

    /** Makes what was written durable (fdatasync). */
    void force() throws IOException;

    /** The file's length in bytes. */
    long size() throws IOException;
}
