package dev.cinnabar.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * What of a log may be pruned: whole shards of half a calendar year (UTC) that ended longer ago than both the wish and the law ask, and nothing from the first
 * entry on that a legal hold names. The numbers come from the caller, who knows their source.
 *
 * @param keep how long the operator wants entries kept; where it is shorter than the law's, the law's counts
 * @param legalMinimum how long the law wants them kept, for example six months
 * @param heldFrom the lowest index under a legal hold: it and everything after it stays
 */
public record Retention(Period keep, Period legalMinimum, OptionalLong heldFrom) {
    /** Refuses a legal minimum of nothing and periods that run backwards: a mistake here cannot be mended. */
    public Retention {
        if (keep.isNegative() || legalMinimum.isNegative() || legalMinimum.isZero()) {
            throw new IllegalArgumentException("entries are kept for some time: " + keep + ", by law " + legalMinimum);
        }
        if (heldFrom.isPresent() && heldFrom.getAsLong() < 0) {
            throw new IllegalArgumentException("a hold names an index, not " + heldFrom.getAsLong());
        }
    }

    /** The beginning of the oldest shard that stays at this time: only entries before it may go. */
    public Instant cutoff(Instant now) {
        Instant wished = before(now, keep);
        Instant lawful = before(now, legalMinimum);
        return shard(wished.isBefore(lawful) ? wished : lawful);
    }

    private static Instant before(Instant now, Period period) {
        return now.atOffset(ZoneOffset.UTC).minus(period).toInstant();
    }

    /** The first instant of the half-year that this one falls into. */
    static Instant shard(Instant instant) {
        LocalDate day = LocalDate.ofInstant(instant, ZoneOffset.UTC);
        int month = day.getMonthValue() < 7 ? 1 : 7;
        return LocalDate.of(day.getYear(), month, 1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }
}
