package dev.cinnabar.ledger;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** A tamper-evident, append-only log in one folder. Threads may share it. */
@SuppressWarnings("DoNotCallSuggester")
public final class Ledger implements AutoCloseable {
    /** The longest entry in bytes: 65,535 in the bundle, less eight for its instant. */
    public static final int MAX_ENTRY = Leaf.MAX_BYTES - Leaf.INSTANT_BYTES;

    private Ledger() {}

    /**
     * Opens the log in this folder, makes it where there is none, and recovers it after a crash: entries that were acknowledged are there, and a
     * torn end is cut off.
     */
    public static Ledger open(
            Path folder,
            Origin origin,
            CheckpointSigner signer,
            InstantSource clock,
            LedgerOptions options,
            LedgerListener listener)
            throws LedgerException {
        throw new UnsupportedOperationException("being built");
    }

    /** Appends an entry and returns when it is durable. */
    public Appended append(byte[] entry) throws LedgerException {
        return appendLater(entry).await();
    }

    /** Appends an entry and lets the caller wait for it later. Entries of one caller are sequenced in the order of its calls. */
    public Ticket appendLater(byte[] entry) throws LedgerException {
        throw new UnsupportedOperationException("being built");
    }

    /** The number of durable entries. */
    public long size() {
        throw new UnsupportedOperationException("being built");
    }

    /** Entries below this index were pruned; 0 where nothing was. */
    public long minimum() {
        throw new UnsupportedOperationException("being built");
    }

    /** The newest signed checkpoint. */
    public Checkpoint checkpoint() {
        throw new UnsupportedOperationException("being built");
    }

    /** A checkpoint over every entry that was durable when this was called; waits up to a tenth of a second for it. */
    public Checkpoint sign() throws LedgerException {
        throw new UnsupportedOperationException("being built");
    }

    /** The entry at this index. */
    public Entry read(long index) throws LedgerException {
        throw new UnsupportedOperationException("being built");
    }

    /** The entries from this index on, up to those durable when the iteration reaches the end; see {@link EntryCursor}. */
    public EntryCursor from(long index) throws LedgerException {
        throw new UnsupportedOperationException("being built");
    }

    /** A proof that the entry stands in the tree of this checkpoint. */
    public Proof.Inclusion proveInclusion(long index, Checkpoint checkpoint) throws LedgerException {
        throw new UnsupportedOperationException("being built");
    }

    /** A proof that the tree of the old size is the beginning of the tree of this checkpoint. */
    public Proof.Consistency proveConsistency(long oldSize, Checkpoint checkpoint) throws LedgerException {
        throw new UnsupportedOperationException("being built");
    }

    /**
     * A resource of tlog-tiles by its path: {@code checkpoint}, {@code tile/<L>/<N>[.p/<W>]}, {@code tile/entries/<N>[.p/<W>]}; empty
     * for any other path and for what is not (or no longer) published.
     */
    public Optional<byte[]> tile(String path) throws LedgerException {
        throw new UnsupportedOperationException("being built");
    }

    /** Whether it takes entries. */
    public State state() {
        throw new UnsupportedOperationException("being built");
    }

    /** Writes what waits, publishes it and closes the folder. */
    @Override
    public void close() {}
}
