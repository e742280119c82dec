package dev.cinnabar.server.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cinnabar.server.people.Standing.Restriction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Standings in memory, loaded on a miss.
 *
 * <p>Each entry carries the stamp of its stripe from before it was read; a change raises the stamp after it is committed. So an entry that was read before a
 * change and put after it is never taken for true, without any lock. Names that nobody registered are kept apart, so that a flood of them cannot push out users.
 */
final class WarmStandings implements Standings {
    private static final Logger LOG = LoggerFactory.getLogger(WarmStandings.class);
    private static final Lookup UNKNOWN = new Unknown();
    private static final Lookup UNREADY = new Unready();

    private final Ground ground;
    private final UserStore users = new UserStore();
    private final Restrictions restrictions = new Restrictions();
    private final AgreementStore agreements = new AgreementStore();
    private final AtomicLongArray stamps = new AtomicLongArray(Name.STRIPES);
    private final Cache<Name, Kept> known;
    private final Cache<Name, Long> unknown;
    private volatile Optional<Books> books = Optional.empty();
    /** Raised before {@link #books} is emptied, so that what was read before a change is not put back after it. */
    private volatile long bookStamp;

    /** What is kept of a user. */
    private record Read(
            Account account, String pseudonym, List<Restriction> restrictions, Map<Document.Kind, Integer> accepted) {}

    /** An entry: what was read, the stamp from before, and the standing as it was last worked out. */
    private static final class Kept {
        final Read read;
        final long stamp;
        volatile Worked worked;

        Kept(Read read, long stamp, Worked worked) {
            this.read = read;
            this.stamp = stamp;
            this.worked = worked;
        }
    }

    /** A standing that is right from its moment until the next one at which something changes by itself, under the same books. */
    private record Worked(Known known, Books under, Instant from, Instant until) {
        boolean holds(Instant now, Books books) {
            return under == books && !now.isBefore(from) && now.isBefore(until);
        }
    }

    WarmStandings(Ground ground, int most) {
        this.ground = ground;
        this.known = Caffeine.newBuilder().maximumSize(most).build();
        this.unknown = Caffeine.newBuilder().maximumSize(Math.max(16, most / 4)).build();
        ground.changes().listen(Ground.PEOPLE, this::changed);
        ground.changes().listen(Agreements.DOCUMENTS, keys -> booksChanged());
    }

    @Override
    public Lookup of(String appId, String endUser) {
        if (!ground.changes().confirmed()) {
            return UNREADY;
        }
        Name name = new Name(appId, endUser);
        long stamp = stamps.get(name.stripe());
        Kept kept = known.getIfPresent(name);
        if (kept != null && kept.stamp == stamp) {
            return standing(kept);
        }
        Long missed = unknown.getIfPresent(name);
        if (missed != null && missed == stamp) {
            return UNKNOWN;
        }
        return Name.formed(endUser) ? load(name, stamp) : UNKNOWN;
    }

    private Lookup standing(Kept kept) {
        Instant now = ground.clock().instant();
        Optional<Books> open = books;
        Worked worked = kept.worked;
        if (open.isPresent() && worked.holds(now, open.get())) {
            return worked.known();
        }
        try {
            Worked fresh = work(kept.read, open.isPresent() ? open.get() : openBooks(), now);
            kept.worked = fresh;
            return fresh.known();
        } catch (RuntimeException e) {
            LOG.warn("the documents in force could not be read", e);
            return UNREADY;
        }
    }

    private Lookup load(Name name, long stamp) {
        try {
            Optional<Read> read = ground.database().inTransaction(handle -> read(handle, name));
            if (read.isEmpty()) {
                known.invalidate(name);
                unknown.put(name, stamp);
                return UNKNOWN;
            }
            Worked worked = work(read.get(), openBooks(), ground.clock().instant());
            known.put(name, new Kept(read.get(), stamp, worked));
            return worked.known();
        } catch (RuntimeException e) {
            LOG.warn("the standing of a user of the application {} could not be read", name.appId(), e);
            return UNREADY;
        }
    }

    private Optional<Read> read(Handle handle, Name name) {
        // A change between the statements raises the stamp, so that what they say together is not kept.
        return users.byName(handle, name)
                .flatMap(account -> account.pseudonym()
                        .map(pseudonym -> new Read(
                                account,
                                pseudonym,
                                restrictions.of(handle, account.id()),
                                agreements.newest(handle, account.id()))));
    }

    private Books openBooks() {
        Optional<Books> open = books;
        if (open.isPresent()) {
            return open.get();
        }
        long stamp = bookStamp;
        Books read = ground.database().inTransaction(handle -> new Books(agreements.documents(handle)));
        synchronized (this) {
            if (stamp == bookStamp) {
                books = Optional.of(read);
            }
        }
        return read;
    }

    private static Worked work(Read read, Books books, Instant now) {
        Account account = read.account();
        List<Restriction> inForce = read.restrictions().stream()
                .filter(restriction -> Restrictions.inForce(restriction, now))
                .toList();
        Standing standing = new Standing(
                account.id(),
                read.pseudonym(),
                account.at(now),
                books.accepted(read.accepted(), now),
                account.minor(),
                inForce);
        Instant until = Stream.of(
                        account.nextTurn(now).stream(),
                        books.nextTurn(now).stream(),
                        inForce.stream().flatMap(r -> Restrictions.until(r).stream()))
                .flatMap(moments -> moments)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        return new Worked(new Known(standing), books, now, until);
    }

    private void changed(Collection<String> stripes) {
        if (stripes.isEmpty()) {
            for (int stripe = 0; stripe < Name.STRIPES; stripe++) {
                stamps.incrementAndGet(stripe);
            }
        }
        for (String stripe : stripes) {
            stamps.incrementAndGet(Integer.parseInt(stripe, 16));
        }
    }

    private synchronized void booksChanged() {
        bookStamp++;
        books = Optional.empty();
    }

    /** How many users and missed names are in memory, about; for tests and figures. */
    long size() {
        known.cleanUp();
        unknown.cleanUp();
        return known.estimatedSize() + unknown.estimatedSize();
    }
}
