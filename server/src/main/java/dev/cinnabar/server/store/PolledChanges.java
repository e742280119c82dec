package dev.cinnabar.server.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies changes in the order of their versions: at once what this node committed, by polling what others did. */
final class PolledChanges implements Changes {
    private static final Logger LOG = LoggerFactory.getLogger(PolledChanges.class);
    static final String CHANNEL = "cinnabar_changes";
    private static final long TRUSTED = Duration.ofSeconds(5).toNanos();

    /** What this node's own transaction raised a kind to, with which keys. */
    record Mine(long version, Set<String> keys) {}

    /** Reads the tables; a poll has its own connection, outside the pool. */
    interface Tables {
        Map<String, Long> versions() throws Exception;

        /** The keys changed after the version, by version; the first is {@code after + 1} unless older rows were pruned. */
        SortedMap<Long, Set<String>> since(String kind, long after) throws Exception;
    }

    private final Unwritten unwritten;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, List<Consumer<Collection<String>>>> listeners = new HashMap<>();
    private final Map<String, Long> seen = new HashMap<>();
    private volatile long confirmedAt;
    private volatile boolean everConfirmed;
    /** A listener could not take a change: until the poll has repeated it nothing is confirmed. */
    private volatile boolean stale;

    PolledChanges(Unwritten unwritten, LongSupplier nanos) {
        this.unwritten = unwritten;
        this.nanos = nanos;
    }

    @Override
    public void bump(Handle transaction, String kind, String key) {
        unwritten.of(transaction).bump(kind, key);
    }

    @Override
    public void listen(String kind, Consumer<Collection<String>> listener) {
        lock.lock();
        try {
            // Whoever listens first has seen nothing: the next poll makes it reload everything.
            listeners.computeIfAbsent(kind, k -> new ArrayList<>()).add(listener);
            seen.remove(kind);
            stale = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean confirmed() {
        return everConfirmed && !stale && nanos.getAsLong() - confirmedAt < TRUSTED;
    }

    /** Raises the versions inside the transaction, kind by kind in one order, and wakes the other nodes at its commit. */
    Map<String, Mine> write(Handle transaction, SortedMap<String, Set<String>> bumps) {
        Map<String, Mine> mine = new HashMap<>();
        bumps.forEach((kind, keys) -> {
            long version = transaction
                    .createQuery("insert into change_versions as v (kind, version) values (:kind, 1)"
                            + " on conflict (kind) do update set version = v.version + 1 returning version")
                    .bind("kind", kind)
                    .mapTo(Long.class)
                    .one();
            transaction.execute(
                    "insert into changes (kind, version, key) select ?, ?, unnest(?::text[])",
                    kind,
                    version,
                    keys.toArray(new String[0]));
            mine.put(kind, new Mine(version, keys));
        });
        if (!mine.isEmpty()) {
            transaction.execute("select pg_notify(?, '')", CHANNEL);
        }
        return mine;
    }

    /** Applies what this node has just committed, unless others committed in between: then {@code catchUp} reads all of it. */
    void committed(Map<String, Mine> mine) {
        if (mine.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            for (var one : mine.entrySet()) {
                applyMine(one.getKey(), one.getValue());
            }
        } finally {
            lock.unlock();
        }
    }

    private void applyMine(String kind, Mine mine) {
        Long known = seen.get(kind);
        if (known != null && known >= mine.version()) {
            return;
        }
        boolean taken = tell(kind, mine.keys());
        // A gap stays open: the poll applies the versions between, and ours once more.
        if (taken && known != null && known == mine.version() - 1) {
            seen.put(kind, mine.version());
        }
    }

    /** Reads the versions and applies what is new: the truth, every 500 ms and whenever woken. */
    void poll(Tables tables) throws Exception {
        long began = nanos.getAsLong();
        lock.lock();
        try {
            Map<String, Long> versions = tables.versions();
            boolean all = true;
            for (String kind : listeners.keySet()) {
                all &= catchUp(tables, kind, versions.getOrDefault(kind, 0L));
            }
            if (all) {
                confirmedAt = began;
                everConfirmed = true;
                stale = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean catchUp(Tables tables, String kind, long now) throws Exception {
        Long known = seen.get(kind);
        if (known != null && known == now) {
            return true;
        }
        Collection<String> keys = List.of();
        long to = now;
        if (known != null && known < now) {
            SortedMap<Long, Set<String>> news = tables.since(kind, known);
            if (!news.isEmpty() && news.firstKey() == known + 1) {
                Set<String> changed = new LinkedHashSet<>();
                news.values().forEach(changed::addAll);
                keys = changed;
                to = Math.max(now, news.lastKey());
            }
        }
        boolean taken = tell(kind, keys);
        if (taken) {
            seen.put(kind, to);
        }
        return taken;
    }

    private boolean tell(String kind, Collection<String> keys) {
        try {
            for (Consumer<Collection<String>> listener : listeners.getOrDefault(kind, List.of())) {
                listener.accept(keys);
            }
            return true;
        } catch (RuntimeException e) {
            stale = true;
            LOG.warn("what changed in {} could not be applied yet; requests are refused until it is", kind, e);
            return false;
        }
    }
}
