package dev.cinnabar.server.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which PostgreSQL to use.
 *
 * @param url a JDBC address; empty: the embedded server in the data folder
 * @param passwordFile a file that holds the password and nothing else
 * @param connections how many connections the pool may hold
 */
public record DatabaseSettings(Optional<String> url, String user, Optional<Path> passwordFile, int connections) {
    /** The embedded server with the pool's usual size. */
    public static DatabaseSettings embedded() {
        return new DatabaseSettings(Optional.empty(), "", Optional.empty(), 16);
    }
}
