package dev.cinnabar.server.store;

import java.util.Collection;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Tells memory what changed in the tables: a version bumped in the writing transaction, applied at once on this node and polled from the others.
 *
 * <p>NOTIFY wakes, a poll every 500 ms is the truth; unconfirmed for 5 s means that nothing in memory may be trusted.
 */
public interface Changes {
    /** Says, inside the writing transaction, that what this kind keeps under this key changed. */
    void bump(Handle transaction, String kind, String key);

    /** Calls the listener with the changed keys of the kind, after commit; an empty collection means: reload everything. */
    void listen(String kind, Consumer<Collection<String>> listener);

    /** Whether the versions were read within the last 5 s. */
    boolean confirmed();
}
