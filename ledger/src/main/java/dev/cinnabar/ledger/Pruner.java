package dev.cinnabar.ledger;

import java.io.IOException;
import java.time.Instant;

/** Finds where a retention cuts, and raises the minimum index to the bundle that the cut falls into. */
final class Pruner {
    private final Reader reader;
    private final Minimum minimum;
    private final Segments segments;

    Pruner(Reader reader, Minimum minimum, Segments segments) {
        this.reader = reader;
        this.minimum = minimum;
        this.segments = segments;
    }

    long prune(Retention retention, Instant now) throws LedgerException {
        // what a segment still holds stays, and so does the last entry: both are read back when the ledger is opened
        long end = Math.min(segments.all().getFirst().first(), Math.max(0, reader.size() - 1));
        long held = retention.heldFrom().orElse(Long.MAX_VALUE);
        long first = firstFrom(retention.cutoff(now), minimum.index(), Math.min(end, held));
        try {
            minimum.raise(first / TilePath.FULL);
        } catch (IOException e) {
            throw new LedgerException.Unavailable(
                    "Pruning was cut short: " + e.getMessage()
                            + ". What was to go goes when the ledger is opened again.",
                    e);
        }
        return minimum.index();
    }

    /** The first index, from low to high, whose instant is not before the cutoff; instants never go back, so halving finds it. */
    private long firstFrom(Instant cutoff, long from, long to) throws LedgerException {
        long low = from;
        long high = Math.max(from, to);
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (reader.read(middle).instant().isBefore(cutoff)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
