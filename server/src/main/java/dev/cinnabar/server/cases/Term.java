package dev.cinnabar.server.cases;

import dev.cinnabar.server.law.Basis;
import dev.cinnabar.server.law.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A length of time that a rule sets, with where it comes from, so that a default of ours is never shown as law.
 *
 * @param length ISO 8601: {@code P30D} and {@code P6M} are counted on the calendar of Asia/Shanghai, {@code PT24H} by the clock
 * @param source the text that sets it; empty only for INTERNAL
 */
public record Term(String name, String length, Basis basis, String source, Words label) {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    public Term {
        if (basis != Basis.INTERNAL && source.isBlank()) {
            throw new IllegalArgumentException(
                    "The term " + name + " claims the basis " + basis + " and names no source");
        }
        if (!after(length, Instant.EPOCH).isAfter(Instant.EPOCH)) {
            throw new IllegalArgumentException("The term " + name + " does not run forward: " + length);
        }
    }

    /** When the term ends that begins at this moment. */
    public Due from(Instant start) {
        return new Due(this, after(length, start));
    }

    private static Instant after(String length, Instant start) {
        try {
            return length.startsWith("PT")
                    ? start.plus(Duration.parse(length))
                    : start.atZone(ZONE).plus(Period.parse(length)).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Not a length of time: " + length, e);
        }
    }

    /** The term as a row of a sheet with the columns name, length, basis, source, zh, en. */
    public static Optional<Term> in(Sheet sheet, String name) {
        return sheet.rows().stream()
                .filter(row -> name.equals(row.get("name")))
                .findFirst()
                .map(row -> new Term(
                        name,
                        row.getOrDefault("length", ""),
                        Basis.valueOf(row.getOrDefault("basis", "")),
                        row.getOrDefault("source", ""),
                        new Words(row.getOrDefault("zh", name), row.getOrDefault("en", name))));
    }

    /** A moment by which something must be done, and the term that says so. */
    public record Due(Term term, Instant at) {
        /** Whether the moment has come. */
        public boolean over(Instant now) {
            return !now.isBefore(at);
        }
    }
}
