package dev.cinnabar.server.store;

import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;

/** The one PostgreSQL, embedded or given by URL: runs work inside transactions. */
public interface Database {
    /** Runs the work in one transaction and gives its result; {@link Changes} bumped in it are applied in this node's memory once it is committed, before this returns. */
    <R, X extends Exception> R inTransaction(HandleCallback<R, X> work) throws X;

    /** As {@link #inTransaction}, without a result. */
    <X extends Exception> void useTransaction(HandleConsumer<X> work) throws X;

    /** How many SQL statements were run since start: a warm request must not raise it. */
    long statements();
}
