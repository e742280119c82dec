package dev.cinnabar.server.store;

import dev.cinnabar.server.law.NotStarted;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks PostgreSQL itself whether what it commits survives a power cut, and refuses to start where it would not. */
final class Durability {
    private static final Map<String, Set<String>> NEEDED = Map.of(
            "fsync", Set.of("on"),
            "full_page_writes", Set.of("on"),
            "synchronous_commit", Set.of("on", "local", "remote_write", "remote_apply"));

    private Durability() {}

    /**
     * Asserts the three settings with SHOW.
     *
     * @return what could not be read (a managed server may hide a setting): to be told to the operator
     */
    static List<String> assertOf(Connection connection, String name) throws NotStarted {
        List<String> hidden = new ArrayList<>();
        for (var need : NEEDED.entrySet()) {
            String setting = need.getKey();
            String value;
            try {
                value = show(connection, setting);
            } catch (SQLException e) {
                hidden.add(setting + " of " + name + " cannot be read (" + e.getMessage() + "): ask who runs it");
                continue;
            }
            if (!need.getValue().contains(value)) {
                throw new NotStarted(
                        setting + " is " + value + " on " + name + ": what it commits could be lost in a power cut",
                        "set " + setting + " = on there; nothing may leave unrecorded (Article 10)");
            }
        }
        return hidden;
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("show " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
