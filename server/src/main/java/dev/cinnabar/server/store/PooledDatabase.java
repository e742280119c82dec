package dev.cinnabar.server.store;

import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Runs transactions over the pool; one inside another on the same thread joins it. */
final class PooledDatabase implements Database {
    private static final ThreadLocal<@Nullable Current> CURRENT = new ThreadLocal<>();

    private final Jdbi jdbi;
    private final Counting counted;
    private final Unwritten unwritten;
    private final TableOutbox outbox;
    private final PolledChanges changes;

    /** The transaction of this thread; spoilt once work that joined it failed. */
    private static final class Current {
        final Unwritten owner;
        final Handle handle;
        boolean spoilt;

        Current(Unwritten owner, Handle handle) {
            this.owner = owner;
            this.handle = handle;
        }
    }

    PooledDatabase(Counting counted, Unwritten unwritten, TableOutbox outbox, PolledChanges changes) {
        this.jdbi = Jdbi.create(counted);
        this.counted = counted;
        this.unwritten = unwritten;
        this.outbox = outbox;
        this.changes = changes;
    }

    @Override
    public <R, X extends Exception> R inTransaction(HandleCallback<R, X> work) throws X {
        Current outer = CURRENT.get();
        return outer == null || outer.owner != unwritten ? begin(outer, work) : join(outer, work);
    }

    @Override
    public <X extends Exception> void useTransaction(HandleConsumer<X> work) throws X {
        this.<Boolean, X>inTransaction(handle -> {
            work.useHandle(handle);
            return true;
        });
    }

    private <R, X extends Exception> R begin(@Nullable Current outer, HandleCallback<R, X> work) throws X {
        var said = new Object() {
            Map<String, PolledChanges.Mine> bumps = Map.of();
        };
        R result = jdbi.<R, X>inTransaction(handle -> {
            Unwritten.Said mine = unwritten.begin(handle);
            Current own = new Current(unwritten, handle);
            CURRENT.set(own);
            try {
                R made = work.withHandle(handle);
                if (own.spoilt) {
                    throw new IllegalStateException("work that joined this transaction failed: nothing is committed");
                }
                outbox.write(handle, mine.events);
                said.bumps = changes.write(handle, mine.bumps);
                return made;
            } finally {
                CURRENT.set(outer);
                unwritten.end(handle);
            }
        });
        changes.committed(said.bumps);
        return result;
    }

    private static <R, X extends Exception> R join(Current outer, HandleCallback<R, X> work) throws X {
        boolean well = false;
        try {
            R result = work.withHandle(outer.handle);
            well = true;
            return result;
        } finally {
            outer.spoilt |= !well;
        }
    }

    @Override
    public long statements() {
        return counted.count();
    }
}
