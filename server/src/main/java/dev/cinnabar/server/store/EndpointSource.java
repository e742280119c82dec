package dev.cinnabar.server.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Gives the pool a connection to wherever the database answers now. */
final class EndpointSource extends PlainSource {
    private final Endpoint endpoint;

    EndpointSource(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return endpoint.connect();
    }
}
