package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a whole ledger again and compares everything with everything: entries with tiles, tiles with tiles, the tree with the signed checkpoint, the segments with
 * their check sums. One changed byte in any file of a ledger that was closed is found and named. It writes nothing.
 *
 * <p>What it cannot find by itself: that the operator, who has the key, rewrote the whole log. For that, give it checkpoints that were deposited elsewhere.
 */
public final class Fsck {
    private final FsckBook book;
    private final List<? extends Verifier> keys;
    private final List<Checkpoint> deposited;
    private final boolean unclean;

    private Fsck(FsckBook book, List<? extends Verifier> keys, List<Checkpoint> deposited, boolean unclean) {
        this.book = book;
        this.keys = keys;
        this.deposited = deposited;
        this.unclean = unclean;
    }

    /**
     * Checks the ledger in this folder; it may be open and growing meanwhile.
     *
     * @param keys the public keys of its log, retired ones included
     */
    public static FsckReport run(Path folder, List<? extends Verifier> keys) throws LedgerException {
        return run(folder, keys, List.of());
    }

    /**
     * The same, and also compares with checkpoints that were deposited elsewhere: a log that was rewritten since then is found.
     *
     * @param deposited checkpoints of this log; one that no key given here signed is a fault
     */
    public static FsckReport run(Path folder, List<? extends Verifier> keys, List<Checkpoint> deposited)
            throws LedgerException {
        Layout layout = new Layout(folder.toAbsolutePath());
        if (!Files.isDirectory(folder)) {
            throw new LedgerException.NoLedger("There is no ledger in " + folder + ": there is no such folder.");
        }
        if (!Files.exists(layout.identity())
                && !Files.exists(layout.checkpoint())
                && !Files.exists(layout.segments())) {
            throw new LedgerException.NoLedger(
                    "There is no ledger in " + folder + ". Name the folder that holds \"checkpoint\".");
        }
        try {
            boolean marked = Files.exists(layout.lock()) && Files.size(layout.lock()) > 0;
            boolean live = marked && FolderLock.held(layout);
            return new Fsck(new FsckBook(layout, live), keys, deposited, marked).run();
        } catch (IOException e) {
            throw new LedgerException.Unavailable("Cannot read the ledger in " + folder + ": " + e.getMessage(), e);
        }
    }

    private FsckReport run() throws IOException {
        Layout layout = book.layout();
        Optional<Origin> named = identity();
        Optional<Checkpoint> checkpoint = checkpoint(named);
        Optional<Origin> origin = named.isPresent() ? named : checkpoint.map(Checkpoint::origin);
        if (origin.isEmpty()) {
            return report(origin, 0, 0); // nothing else can be judged; what is missing has been named
        }
        long vouched = checkpoint.map(Checkpoint::size).orElse(0L);
        FsckSegments segments = new FsckSegments(book, origin.get(), vouched, unclean);
        segments.judge(layout.listSegments());
        FsckTiles tiles = new FsckTiles(book, vouched);
        FsckTree tree = new FsckTree(book, segments, tiles, vouched, minimum());
        checkpoint.ifPresent(tree::expect);
        for (Checkpoint earlier : deposited) {
            deposit(earlier, vouched, origin.get(), tree);
        }
        long entries = tree.run();
        new FsckFolder(book, segments, tree, Math.max(vouched, segments.end()), unclean).walk();
        return report(origin, entries, vouched);
    }

    private FsckReport report(Optional<Origin> origin, long entries, long published) {
        return new FsckReport(origin, entries, published, book.bytesRead(), book.faults(), book.notes());
    }

    private Optional<Origin> identity() {
        Path file = book.layout().identity();
        try {
            return Optional.of(Identity.read(file));
        } catch (LedgerException e) {
            book.fault(file, "it is missing or not as it was written", FsckBook.RESTORE);
            return Optional.empty();
        }
    }

    private long minimum() throws IOException {
        try {
            return Minimum.read(book.layout());
        } catch (LedgerException.Damaged e) {
            book.fault(book.layout().minimum(), "it is not as it was written", FsckBook.RESTORE);
            return 0;
        }
    }

    private Optional<Checkpoint> checkpoint(Optional<Origin> named) {
        Path file = book.layout().checkpoint();
        Optional<byte[]> bytes = book.read(file);
        if (bytes.isEmpty()) {
            book.fault(file, "it is missing", FsckBook.RESTORE);
            return Optional.empty();
        }
        try {
            Checkpoint checkpoint = Checkpoint.parse(bytes.get());
            if (named.isPresent() && !checkpoint.origin().equals(named.get())) {
                book.fault(file, "it is of another log, " + checkpoint.origin(), FsckBook.RESTORE);
            }
            unsigned(checkpoint).ifPresent(why -> book.fault(file, why, FsckBook.RESTORE));
            return Optional.of(checkpoint);
        } catch (LedgerException.Malformed e) {
            book.fault(file, String.valueOf(e.getMessage()), FsckBook.RESTORE);
            return Optional.empty();
        }
    }

    /** Why this checkpoint vouches for nothing, if so. */
    private Optional<String> unsigned(Checkpoint checkpoint) {
        return switch (checkpoint.note().check(keys)) {
            case SignedNote.Verdict.Genuine genuine -> Optional.empty();
            case SignedNote.Verdict.Forged forged ->
                Optional.of("its signature by " + forged.named().name() + " is wrong");
            case SignedNote.Verdict.Unknown unknown -> Optional.of("none of the keys given signed it");
        };
    }

    private void deposit(Checkpoint earlier, long vouched, Origin origin, FsckTree tree) {
        Path place = book.layout().checkpoint();
        Optional<String> unsigned = unsigned(earlier);
        if (unsigned.isPresent() || !earlier.origin().equals(origin)) {
            book.note("the deposited checkpoint of size " + earlier.size() + " was not used: "
                    + unsigned.orElse("it is of another log, " + earlier.origin()));
        } else if (earlier.size() > vouched) {
            book.fault(
                    place,
                    OptionalLong.empty(),
                    OptionalLong.of(vouched),
                    "it vouches for " + vouched + " entries, and a checkpoint deposited elsewhere for "
                            + earlier.size(),
                    "The log was cut or set back after that. Restore it from a backup.");
        } else {
            tree.expect(earlier);
        }
    }
}
