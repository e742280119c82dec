package dev.cinnabar.ledger;

import java.util.Optional;

/** Reads a log forward, and later goes on where it stood: for whoever follows the log. Not for several threads at once. */
public interface EntryCursor {
    /** The next entry, or empty where it is not yet durable; asking again later goes on. */
    Optional<Entry> next() throws LedgerException;

    /** The index that {@link #next()} would read. */
    long position();
}
