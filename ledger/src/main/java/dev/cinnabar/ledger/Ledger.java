package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A tamper-evident, append-only log in one folder. An entry is first sequenced: durable in a write-ahead segment, which is when {@link #append} returns. It
 * is then integrated into the tree of tiles, and published under a signed checkpoint. Threads may share a ledger; one process opens a folder.
 */
public final class Ledger implements AutoCloseable {
    /** The longest entry in bytes: 65,535 in the bundle, less eight for its instant. */
    public static final int MAX_ENTRY = Leaf.MAX_BYTES - Leaf.INSTANT_BYTES;

    private final Origin origin;
    private final FolderLock lock;
    private final LedgerListener listener;
    private final Gate gate;
    private final Segments segments;
    private final Sequencer sequencer;
    private final Keeper keeper;
    private final Reader reader;
    private final TileServer tiles;
    private final Minimum minimum;
    private final InstantSource clock;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Ledger(Setting setting, FolderLock lock, InstantSource clock, Minimum minimum, Recovery.Recovered parts) {
        this.origin = setting.origin();
        this.lock = lock;
        this.listener = setting.listener();
        this.minimum = minimum;
        this.clock = clock;
        this.segments = parts.segments();
        this.gate = new Gate(clock, listener);
        this.sequencer = new Sequencer(segments, gate, clock, listener, setting.options(), parts.sequenced());
        Upkeep upkeep = new Upkeep(setting.layout(), setting.disk(), segments, setting.reserve(), listener);
        this.keeper = new Keeper(
                sequencer, parts, upkeep, gate, listener, setting.options().checkpointEvery());
        this.reader = new Reader(setting.layout(), segments, this::size, minimum::index);
        this.tiles = new TileServer(setting.layout(), reader, keeper::published);
    }

    /**
     * Opens the log in this folder, makes it where there is none, and recovers it after a crash: every entry that was acknowledged is there, and an end
     * that was cut short is cleared.
     *
     * @param signer the log's key; its name should be the origin
     * @param clock where instants come from
     */
    public static Ledger open(
            Path folder,
            Origin origin,
            CheckpointSigner signer,
            InstantSource clock,
            LedgerOptions options,
            LedgerListener listener)
            throws LedgerException {
        Layout layout = new Layout(folder.toAbsolutePath());
        Reserve reserve = new Reserve(layout, options, listener);
        SecureRandom random = new SecureRandom();
        Setting setting = new Setting(layout, origin, signer, options, listener, reserve, random::nextLong);
        try {
            Files.createDirectories(layout.folder());
            FolderLock lock = FolderLock.take(layout);
            return holding(setting, lock, clock);
        } catch (IOException | SignatureException e) {
            throw new LedgerException.Unavailable("Cannot open the ledger in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Ledger holding(Setting setting, FolderLock lock, InstantSource clock)
            throws IOException, SignatureException, LedgerException {
        boolean opened = false;
        try {
            if (!Files.exists(setting.layout().identity())) {
                Creation.run(setting);
            }
            Origin kept = Identity.read(setting.layout().identity());
            if (!kept.equals(setting.origin())) {
                throw new LedgerException.Foreign(
                        "The folder " + setting.layout().folder() + " holds the log of " + kept + ", not of "
                                + setting.origin() + ". Name the folder of this log.");
            }
            Minimum minimum = new Minimum(setting.layout(), setting.disk());
            Recovery.Recovered parts = recover(setting, lock.unclean());
            Ledger ledger = new Ledger(setting, lock, clock, minimum, parts);
            setting.reserve().keep();
            ledger.sequencer.start();
            ledger.keeper.start();
            opened = true;
            return ledger;
        } finally {
            if (!opened) {
                lock.release(!lock.unclean());
            }
        }
    }

    private static Recovery.Recovered recover(Setting setting, boolean unclean)
            throws IOException, SignatureException, LedgerException {
        try {
            return new Recovery(setting, unclean).run();
        } catch (IOException e) {
            if (!setting.reserve().giveUpIfFull("while opening: " + e.getMessage())) {
                throw e;
            }
            return new Recovery(setting, unclean).run();
        }
    }

    /** The log's name. */
    public Origin origin() {
        return origin;
    }

    /** Appends an entry and returns when it is durable; the entry is not changed by the ledger and must not be changed meanwhile. */
    public Appended append(byte[] entry) throws LedgerException {
        return appendLater(entry).await();
    }

    /** Appends an entry and lets the caller wait for it later. Entries of one caller are sequenced in the order of its calls. */
    public Ticket appendLater(byte[] entry) throws LedgerException {
        if (entry.length > MAX_ENTRY) {
            throw new LedgerException.TooLarge(entry.length);
        }
        return sequencer.submit(entry);
    }

    /** The number of durable entries, pruned ones included. */
    public long size() {
        return sequencer.sequenced().size();
    }

    /** Entries below this index were pruned; 0 where nothing was. */
    public long minimum() {
        return minimum.index();
    }

    /** The newest signed checkpoint. */
    public Checkpoint checkpoint() {
        return keeper.published().checkpoint();
    }

    /** A checkpoint over every entry that was durable when this was called; waits for it about a tenth of a second at most. */
    public Checkpoint sign() throws LedgerException {
        return keeper.cover(size()).checkpoint();
    }

    /** The entry at this index. */
    public Entry read(long index) throws LedgerException {
        return reader.read(index);
    }

    /** Reads forward from this index, and goes on when more entries have come. */
    public EntryCursor from(long index) throws LedgerException {
        return reader.from(index);
    }

    /** A proof that the entry stands in the tree of this checkpoint, which must be one of this log. */
    public Proof.Inclusion proveInclusion(long index, Checkpoint checkpoint) throws LedgerException {
        if (index < 0 || index >= checkpoint.size()) {
            throw new LedgerException.NoSuchEntry(
                    "There is no entry " + index + " under the checkpoint of size " + checkpoint.size()
                            + ". Entries come under a checkpoint about half a second after they are durable.");
        }
        return tiles.inclusion(index, checkpoint);
    }

    /** A proof that the tree of the old size is the beginning of the tree of this checkpoint, which must be one of this log. */
    public Proof.Consistency proveConsistency(long oldSize, Checkpoint checkpoint) throws LedgerException {
        if (oldSize < 0 || oldSize > checkpoint.size()) {
            throw new LedgerException.NoSuchEntry(
                    "There is no proof from size " + oldSize + " to size " + checkpoint.size() + ".");
        }
        return tiles.consistency(oldSize, checkpoint);
    }

    /**
     * A resource of tlog-tiles by its path: {@code checkpoint}, {@code tile/<L>/<N>[.p/<W>]}, {@code tile/entries/<N>[.p/<W>]}; empty
     * for any other path and for what is not, or no longer, published.
     */
    public Optional<byte[]> tile(String path) throws LedgerException {
        return tiles.resource(path);
    }

    /**
     * Removes the content of entries that this retention lets go, in whole bundles of 256, and gives the new minimum index. Their hashes stay, and with them every
     * proof. What went cannot be brought back.
     */
    public long prune(Retention retention) throws LedgerException {
        return new Pruner(reader, minimum, segments).prune(retention, clock.instant());
    }

    /** Whether it takes entries. */
    public State state() {
        return gate.state();
    }

    /** Records what waits, publishes it and lets the folder go. Appending afterwards is refused; reading what is in segments fails. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        sequencer.close();
        keeper.close();
        try {
            segments.close();
        } catch (IOException e) {
            listener.alarm("Closing the segments failed: " + e.getMessage());
        }
        try {
            lock.release(keeper.published().size() == size() && !gate.broken());
        } catch (IOException e) {
            listener.alarm("Letting the folder go failed: " + e.getMessage());
        }
    }
}
