package dev.cinnabar.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * What a transaction said to {@link Changes} and {@link Outbox}: written just before it commits, in one fixed order, so that the rows
 * that everyone locks are locked briefly and never crosswise, and the order in the tables is the order of the commits.
 */
final class Unwritten {
    /** An event as it waits. */
    record Event(String kind, String actor, String subject, String facts) {}

    /** What one transaction said. */
    static final class Said {
        final List<Event> events = new ArrayList<>();
        final TreeMap<String, Set<String>> bumps = new TreeMap<>();

        void bump(String kind, String key) {
            bumps.computeIfAbsent(kind, k -> new TreeSet<>()).add(key);
        }
    }

    private final Map<Handle, Said> open = new ConcurrentHashMap<>();

    Said begin(Handle handle) {
        Said said = new Said();
        open.put(handle, said);
        return said;
    }

    void end(Handle handle) {
        open.remove(handle);
    }

    /** What the transaction of this handle said so far; only {@link Database} begins transactions that may say something. */
    Said of(Handle handle) {
        Said said = open.get(handle);
        if (said == null) {
            throw new IllegalStateException("not in a transaction of Database.inTransaction: nobody would hear of it");
        }
        return said;
    }
}
