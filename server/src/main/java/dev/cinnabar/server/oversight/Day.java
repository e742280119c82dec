package dev.cinnabar.server.oversight;

import dev.cinnabar.ledger.Entry;
import dev.cinnabar.ledger.EntryCursor;
import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.ledger.LedgerException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Counts the traffic log's entries of today (China's day), by kind and by reason of refusal. It follows the log and counts each entry once. */
final class Day {
    /** So much is read for one look; a busier log is counted over several looks, and the page says how far it is. */
    private static final int MOST = 20_000;

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Ledger ledger;
    private final InstantSource clock;
    private LocalDate date = LocalDate.MIN;
    private Optional<EntryCursor> cursor = Optional.empty();
    private Counts counts = new Counts();

    /** What was counted. */
    private static final class Counts {
        final Map<String, Long> kinds = new TreeMap<>();
        final Map<String, Long> refused = new TreeMap<>();
        long unread;
    }

    /**
     * The counts.
     *
     * @param kinds entries by kind, as {@code released} or {@code refused}
     * @param refused refusals by code
     * @param unread entries that are no JSON of ours
     * @param behind entries not yet counted
     */
    record Tally(Map<String, Long> kinds, Map<String, Long> refused, long unread, long behind) {}

    Day(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Counts what came since the last look. */
    synchronized Tally count() throws LedgerException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), CHINA);
        if (!today.equals(date) || cursor.isEmpty()) {
            date = today;
            counts = new Counts();
            cursor = Optional.of(ledger.from(first(today.atStartOfDay(CHINA).toInstant())));
        }
        EntryCursor at = cursor.orElseThrow();
        for (int i = 0; i < MOST; i++) {
            Optional<Entry> entry = at.next();
            if (entry.isEmpty()) {
                break;
            }
            note(entry.get());
        }
        return new Tally(
                Map.copyOf(counts.kinds),
                Map.copyOf(counts.refused),
                counts.unread,
                Math.max(0, ledger.size() - at.position()));
    }

    /** The first index at or after the instant: instants never go back within a log. */
    private long first(Instant from) throws LedgerException {
        long low = ledger.minimum();
        long high = ledger.size();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (ledger.read(middle).instant().isBefore(from)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void note(Entry entry) {
        if (!LocalDate.ofInstant(entry.instant(), CHINA).equals(date)) {
            return;
        }
        try {
            JsonNode json = JSON.readTree(entry.content());
            String kind = json.path("kind").asString("");
            if (kind.isEmpty()) {
                counts.unread++;
            } else if (kind.equals("counted")) {
                counts.refused.merge(
                        json.path("reason").asString("?"), json.path("count").asLong(1), Long::sum);
            } else {
                counts.kinds.merge(kind, 1L, Long::sum);
                String code = json.path("refused").path("code").asString("");
                if (!code.isEmpty()) {
                    counts.refused.merge(code, 1L, Long::sum);
                }
            }
        } catch (JacksonException e) {
            counts.unread++;
        }
    }
}
