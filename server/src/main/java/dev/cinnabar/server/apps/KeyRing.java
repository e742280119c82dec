package dev.cinnabar.server.apps;

import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The keys in force, in memory. A lookup runs no SQL; the day of a key's last use is written later, many at once. */
final class KeyRing implements Callers {
    private static final Unknown UNKNOWN = new Unknown();
    private static final Unready UNREADY = new Unready();

    private final Database database;
    private final Changes changes;
    private final AppStore store;
    private final InstantSource clock;
    private final ReentrantLock loading = new ReentrantLock();
    private final Map<Secret.Digest, Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, Set<Secret.Digest>> ofApp = new HashMap<>();
    private final Map<String, LocalDate> used = new ConcurrentHashMap<>();
    private volatile boolean trusted;

    KeyRing(Database database, Changes changes, AppStore store, InstantSource clock) {
        this.database = database;
        this.changes = changes;
        this.store = store;
        this.clock = clock;
    }

    /** Follows the changes; the first that is told is to load everything. */
    void start() {
        changes.listen("apps", this::load);
    }

    @Override
    public Lookup byKey(String presented) {
        Optional<Secret> secret = Secret.in(presented);
        if (secret.isEmpty()) {
            return UNKNOWN;
        }
        if (!trusted || !changes.confirmed()) {
            return UNREADY;
        }
        Entry entry = entries.get(secret.get().digest());
        if (entry == null) {
            return UNKNOWN;
        }
        Instant now = clock.instant();
        Optional<Instant> until = entry.known.caller().expires();
        if (until.isPresent() && !now.isBefore(until.get())) {
            return UNKNOWN;
        }
        touch(entry, now);
        return entry.known;
    }

    /** Writes the days on which keys were used since the last time. */
    void flush() {
        Map<String, LocalDate> days = new HashMap<>();
        for (String id : Set.copyOf(used.keySet())) {
            LocalDate day = used.remove(id);
            if (day != null) {
                days.put(id, day);
            }
        }
        if (days.isEmpty()) {
            return;
        }
        try {
            database.useTransaction(handle -> store.used(handle, days));
        } catch (RuntimeException e) {
            days.forEach(used::putIfAbsent);
            throw e;
        }
    }

    private void touch(Entry entry, Instant now) {
        long day = Math.floorDiv(now.getEpochSecond(), 86_400L);
        if (entry.usedDay != day) {
            entry.usedDay = day;
            used.put(entry.known.caller().keyId(), now.atOffset(ZoneOffset.UTC).toLocalDate());
        }
    }

    /** Reads under the lock, so that an older reading never lands on a newer one. */
    private void load(Collection<String> appIds) {
        loading.lock();
        try {
            List<AppStore.Row> rows = database.inTransaction(handle -> store.live(handle, appIds));
            Map<Secret.Digest, Entry> fresh = new HashMap<>();
            rows.forEach(row -> fresh.put(row.digest(), entry(row)));
            Set<Secret.Digest> gone = new HashSet<>();
            (appIds.isEmpty() ? Set.copyOf(ofApp.keySet()) : appIds)
                    .forEach(id -> gone.addAll(ofApp.getOrDefault(id, Set.of())));
            (appIds.isEmpty() ? Set.copyOf(ofApp.keySet()) : appIds).forEach(ofApp::remove);
            gone.removeAll(fresh.keySet());
            gone.forEach(entries::remove);
            entries.putAll(fresh);
            rows.forEach(row ->
                    ofApp.computeIfAbsent(row.app().id(), id -> new HashSet<>()).add(row.digest()));
            trusted = true;
        } catch (RuntimeException e) {
            // What is in memory missed a change: nothing of it may be trusted until a reading succeeds.
            trusted = false;
            throw e;
        } finally {
            loading.unlock();
        }
    }

    private static Entry entry(AppStore.Row row) {
        App app = row.app();
        Key key = row.key();
        long day = key.lastUsed().map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE);
        Caller caller = new Caller(
                key.id(),
                app.id(),
                app.name(),
                key.grant().scopes(),
                app.explicit(),
                app.lang(),
                app.boundUser(),
                app.producer(),
                key.grant().perMinute(),
                key.grant().perDay(),
                key.until());
        return new Entry(new Known(caller), day);
    }

    private static final class Entry {
        private final Known known;
        private volatile long usedDay;

        Entry(Known known, long usedDay) {
            this.known = known;
            this.usedDay = usedDay;
        }
    }
}
