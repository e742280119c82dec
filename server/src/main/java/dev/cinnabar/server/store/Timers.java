package dev.cinnabar.server.store;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Timed work, kept in the database: what is due while the server is down is done when it is back. */
public interface Timers {
    /** Says what to do at a deadline of this name; call it before {@link #begin}. It may run twice after a crash: let it look first whether it is still due. */
    void on(String name, Consumer<String> work);

    /** Says what to do again and again; call it before {@link #begin}. */
    void every(String name, Duration pause, Runnable work);

    /** Sets the deadline of a thing inside the transaction that makes it due; a deadline of the same name and id is moved. */
    void set(Handle transaction, String name, String id, Instant due);

    /** Takes a deadline away inside the transaction that ends it; nothing happens where there is none. */
    void drop(Handle transaction, String name, String id);

    /** Begins to work, once every room has said what it does. */
    void begin();
}
