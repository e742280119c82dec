package dev.cinnabar.ledger;

import java.nio.file.Path;
import java.util.List;

/** Reads a whole ledger again and compares everything with everything: one changed byte anywhere is found and named. */
public final class Fsck {
    private Fsck() {}

    /** Checks the ledger in this folder with the public keys of its log; it may be open and growing meanwhile. */
    public static FsckReport run(Path folder, List<? extends Verifier> keys) throws LedgerException {
        return run(folder, keys, List.of());
    }

    /** The same, and also compares with checkpoints that were deposited elsewhere: a log that was rewritten is found by them. */
    @SuppressWarnings("DoNotCallSuggester")
    public static FsckReport run(Path folder, List<? extends Verifier> keys, List<Checkpoint> deposited)
            throws LedgerException {
        throw new UnsupportedOperationException("being built");
    }
}
