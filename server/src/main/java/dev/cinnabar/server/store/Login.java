package dev.cinnabar.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** An address, a user and a password. */
record Login(String url, String user, String password) {
    /** Opens a connection that gives up on a silent server instead of waiting for ever. */
    Connection connect() throws SQLException {
        var properties = new Properties();
        if (!user.isEmpty()) {
            properties.setProperty("user", user);
        }
        if (!password.isEmpty()) {
            properties.setProperty("password", password);
        }
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "cinnabar");
        properties.setProperty("stringtype", "unspecified");
        properties.setProperty(
                "options", "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s");
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("not an address of PostgreSQL: " + url);
        }
        return connection;
    }

    @Override
    public String toString() {
        return url + " as " + user;
    }
}
