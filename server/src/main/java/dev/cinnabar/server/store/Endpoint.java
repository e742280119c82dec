package dev.cinnabar.server.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Where the database answers at this moment: a restarted embedded server may have moved to another port. */
interface Endpoint {
    /** A connection of its own, outside the pool. */
    Connection connect() throws SQLException;

    /** Whether the server and its files are ours to start, stop and tune. */
    boolean embedded();

    /** What to call it in messages; no secret. */
    String name();
}
