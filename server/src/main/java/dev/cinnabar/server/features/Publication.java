package dev.cinnabar.server.features;

import dev.cinnabar.review.Feature;
import dev.cinnabar.review.Library;
import dev.cinnabar.server.store.Changes;
import dev.cinnabar.server.store.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the library in force: an immutable snapshot, swapped whole. A change is put on top of the last compiled library at once, on the thread that committed
 * it; afterwards all of it is compiled anew elsewhere, so that reviews do not pay for what lies on top.
 */
final class Publication implements Live {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
    /** More changed features than these are compiled with all others at once. */
    private static final int ON_TOP = 2_000;

    private final Database background;
    private final Changes changes;
    private final FeatureStore store;
    private final Executor compiler;
    private final ReentrantLock lock = new ReentrantLock();
    private final NavigableMap<String, Feature> features = new TreeMap<>();
    private final NavigableMap<String, byte[]> digests = new TreeMap<>();
    private int onTop;
    private boolean compiling;
    private volatile Optional<Library> current = Optional.empty();
    private volatile boolean trusted;

    Publication(Database background, Changes changes, FeatureStore store, Executor compiler) {
        this.background = background;
        this.changes = changes;
        this.store = store;
        this.compiler = compiler;
    }

    void start() {
        changes.listen("features", this::load);
    }

    @Override
    public Optional<Library> current() {
        return trusted && changes.confirmed() ? current : Optional.empty();
    }

    /** What was read of the tables at one moment. */
    private record Reading(long counter, List<Feature> live) {}

    private void load(Collection<String> ids) {
        lock.lock();
        try {
            Reading reading = background.inTransaction(handle -> read(handle, ids));
            apply(reading, ids);
            trusted = true;
        } catch (RuntimeException e) {
            trusted = false;
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private Reading read(Handle handle, Collection<String> ids) {
        // The counter and the rows must be of one moment.
        handle.execute("set transaction isolation level repeatable read, read only");
        return new Reading(store.counter(handle), store.live(handle, ids));
    }

    private void apply(Reading reading, Collection<String> ids) {
        boolean all = ids.isEmpty() || current.isEmpty();
        Map<String, Feature> fresh = reading.live().stream().collect(Collectors.toMap(Feature::id, feature -> feature));
        Set<String> gone = new HashSet<>();
        if (ids.isEmpty()) {
            gone.addAll(features.keySet());
        } else {
            ids.forEach(id -> gone.addAll(List.of(id, Entry.shadowId(id))));
            gone.retainAll(features.keySet());
        }
        gone.removeAll(fresh.keySet());
        fresh.values().removeIf(feature -> feature.equals(features.get(feature.id())));
        gone.forEach(features::remove);
        gone.forEach(digests::remove);
        features.putAll(fresh);
        fresh.forEach((id, feature) -> digests.put(id, digest(feature)));
        publish(version(reading.counter(), digests), all, fresh.values(), gone);
    }

    private void publish(String version, boolean all, Collection<Feature> fresh, Set<String> gone) {
        onTop += fresh.size() + gone.size();
        if (all || onTop > ON_TOP) {
            current = Optional.of(Library.compile(version, features.values()));
            onTop = 0;
            return;
        }
        Library library = current.orElseThrow();
        Library less = gone.isEmpty() ? library : library.without(version, gone);
        // Also where nothing changed in the library itself: the clock moved on, and a verdict names it.
        current = Optional.of(less.with(version, fresh));
        if (onTop > 0 && !compiling) {
            compiling = true;
            compiler.execute(this::compact);
        }
    }

    /** Compiles everything anew without holding the lock, until nothing changed meanwhile. */
    private void compact() {
        boolean again = true;
        while (again) {
            List<Feature> all;
            String version;
            lock.lock();
            try {
                all = List.copyOf(features.values());
                version = current.orElseThrow().version();
            } finally {
                lock.unlock();
            }
            again = !compacted(version, all);
        }
    }

    private boolean compacted(String version, List<Feature> all) {
        Optional<Library> made = Optional.empty();
        try {
            made = Optional.of(Library.compile(version, all));
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "the library {} could not be compiled anew; it stays in force as it is, with changes on top",
                    version,
                    e);
        }
        lock.lock();
        try {
            if (made.isPresent() && !current.orElseThrow().version().equals(version)) {
                return false;
            }
            if (made.isPresent()) {
                current = made;
                onTop = 0;
            }
            compiling = false;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The library when its clock stood there, built again. */
    static Library at(long counter, Collection<Feature> live) {
        NavigableMap<String, byte[]> digests = new TreeMap<>();
        live.forEach(feature -> digests.put(feature.id(), digest(feature)));
        return Library.compile(version(counter, digests), live);
    }

    /** The clock, and the hash of all that the library holds. */
    private static String version(long counter, NavigableMap<String, byte[]> digests) {
        MessageDigest sha = sha();
        digests.values().forEach(sha::update);
        return "f" + counter + "-" + HexFormat.of().formatHex(sha.digest(), 0, 8);
    }

    private static byte[] digest(Feature feature) {
        String all = String.join(
                "\0",
                feature.id(),
                Integer.toString(feature.version()),
                feature.kind().word(),
                feature.risk().code(),
                feature.severity().word(),
                feature.action().word(),
                feature.folds().text(),
                feature.pattern());
        return sha().digest(all.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
