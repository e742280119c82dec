package dev.cinnabar.ledger;

import java.time.Duration;

/**
 * How a ledger works on its disk.
 *
 * @param segmentBytes size of a write-ahead segment; it is written full of zeros beforehand, so that a sync has no metadata to write
 * @param batchBytes most that is written before one sync
 * @param waitingBytes entries that wait for the disk may take this much memory; beyond it an append is refused
 * @param checkpointEvery how often a checkpoint is signed where entries came in; at least 100 ms
 * @param reserveBytes size of a file that is given up when the disk is full, so that there is room to go on while somebody is told
 * @param disk the file operations; a test gives one that fails
 */
public record LedgerOptions(
        int segmentBytes, int batchBytes, int waitingBytes, Duration checkpointEvery, long reserveBytes, Disk disk) {
    /** Room that a segment needs at least: its header and a few of the longest entries. */
    static final int LEAST_SEGMENT = 1 << 18;

    private static final Duration LEAST_PAUSE = Duration.ofMillis(100);

    /** Refuses sizes that cannot work. */
    public LedgerOptions {
        if (segmentBytes < LEAST_SEGMENT || batchBytes < 1 || waitingBytes < 1 || reserveBytes < 0) {
            throw new IllegalArgumentException("a segment has at least " + LEAST_SEGMENT
                    + " bytes, a batch and the room to wait at least one, the reserve none or more");
        }
        if (checkpointEvery.compareTo(LEAST_PAUSE) < 0) {
            throw new IllegalArgumentException(
                    "checkpoints are signed at most every " + LEAST_PAUSE.toMillis() + " ms");
        }
    }

    /** Segments and reserve of 32 MiB, batches of 4 MiB, 64 MiB of waiting entries, a checkpoint every 500 ms, the real disk. */
    public static LedgerOptions defaults() {
        return new LedgerOptions(32 << 20, 4 << 20, 64 << 20, Duration.ofMillis(500), 32 << 20, Disk.real());
    }

    /** The same with another segment size. */
    public LedgerOptions segments(int bytes) {
        return new LedgerOptions(bytes, batchBytes, waitingBytes, checkpointEvery, reserveBytes, disk);
    }

    /** The same with another limit of a batch. */
    public LedgerOptions batches(int bytes) {
        return new LedgerOptions(segmentBytes, bytes, waitingBytes, checkpointEvery, reserveBytes, disk);
    }

    /** The same with other room for waiting entries. */
    public LedgerOptions waiting(int bytes) {
        return new LedgerOptions(segmentBytes, batchBytes, bytes, checkpointEvery, reserveBytes, disk);
    }

    /** The same with another pause between checkpoints. */
    public LedgerOptions checkpoints(Duration every) {
        return new LedgerOptions(segmentBytes, batchBytes, waitingBytes, every, reserveBytes, disk);
    }

    /** The same with another reserve. */
    public LedgerOptions reserve(long bytes) {
        return new LedgerOptions(segmentBytes, batchBytes, waitingBytes, checkpointEvery, bytes, disk);
    }

    /** The same on another disk. */
    public LedgerOptions on(Disk other) {
        return new LedgerOptions(segmentBytes, batchBytes, waitingBytes, checkpointEvery, reserveBytes, other);
    }
}
