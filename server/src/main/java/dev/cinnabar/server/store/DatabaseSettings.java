package dev.cinnabar.server.store;

import dev.cinnabar.server.law.Setting;
import java.nio.file.Path;
import java.util.Optional;

/** Which PostgreSQL to use. */
public record DatabaseSettings(
        @Setting(
                value =
                        "The JDBC address of a PostgreSQL of your own, version 14 or newer. Without it, an embedded PostgreSQL in the data folder is used.",
                example = "jdbc:postgresql://db.example:5432/cinnabar")
        Optional<String> url,

        @Setting(value = "The user to sign in as at database.url; it must own the database.", example = "cinnabar")
        Optional<String> user,

        @Setting(
                value = "A file that holds the password of database.user and nothing else.",
                example = "/etc/cinnabar/database.password")
        Optional<Path> passwordFile,

        @Setting(value = "How many connections the pool may hold.", otherwise = "16")
        int connections) {
    public DatabaseSettings {
        if (url.isPresent() && !url.get().startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("url must start with jdbc:postgresql:");
        }
        if (connections < 2 || connections > 500) {
            throw new IllegalArgumentException("connections must lie between 2 and 500");
        }
    }

    /** The embedded server with the pool's usual size. */
    public static DatabaseSettings embedded() {
        return new DatabaseSettings(Optional.empty(), Optional.empty(), Optional.empty(), 16);
    }
}
