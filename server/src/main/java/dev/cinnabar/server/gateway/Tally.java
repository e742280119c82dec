package dev.cinnabar.server.gateway;

import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.logs.Traffic;
import dev.cinnabar.server.logs.Traffic.NotRecorded;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts refusals that a flood could make without end, so that they cannot fill the log: before a valid key, by reason; of a valid key that asks too often, by key and
 * reason. The first of a minute has its entry at once; the rest of that minute are one more entry when it is over.
 */
final class Tally implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tally.class);
    private static final long MINUTE = 60_000;

    private final Traffic traffic;
    private final InstantSource clock;
    private final Map<Which, Count> counts = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    private record Which(String reason, String key) {}

    private static final class Count {
        final long minute;
        final OptionalLong entry;
        long more;

        Count(long minute, OptionalLong entry) {
            this.minute = minute;
            this.entry = entry;
        }
    }

    Tally(Traffic traffic, InstantSource clock) {
        this.traffic = traffic;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("tally").start(this::run);
    }

    /**
     * Counts one refusal.
     *
     * @param key the key's id, or empty before a valid key
     * @return the entry that opened this minute's count, where it could be written
     */
    OptionalLong note(String reason, String key) {
        long minute = clock.millis() / MINUTE;
        Count count = counts.compute(new Which(reason, key), (which, now) -> {
            if (now == null || now.minute != minute) {
                if (now != null) {
                    rest(which, now);
                }
                return new Count(minute, append(which, minute, 1));
            }
            now.more++;
            return now;
        });
        return count.entry;
    }

    private void run() {
        while (!closed) {
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                return;
            }
            flush(clock.millis() / MINUTE);
        }
    }

    /** Writes what was counted in minutes that are over. */
    private void flush(long minute) {
        for (Iterator<Which> all = counts.keySet().iterator(); all.hasNext(); ) {
            Which which = all.next();
            counts.computeIfPresent(which, (w, count) -> {
                if (count.minute >= minute) {
                    return count;
                }
                rest(w, count);
                return null;
            });
        }
    }

    private void rest(Which which, Count count) {
        if (count.more > 0) {
            append(which, count.minute, count.more);
        }
    }

    private OptionalLong append(Which which, long minute, long count) {
        ObjectNode entry = Entry.begin("counted", clock.instant()).put("reason", which.reason());
        if (!which.key().isEmpty()) {
            entry.put("key", which.key());
        }
        entry.put("minute", Instant.ofEpochMilli(minute * MINUTE).toString()).put("count", count);
        try {
            return OptionalLong.of(traffic.append(Json.bytes(entry)));
        } catch (NotRecorded e) {
            LOG.error("refusals could not be recorded: reason={} count={} {}", which.reason(), count, e.getMessage());
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        flush(Long.MAX_VALUE);
    }
}
