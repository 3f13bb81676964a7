package io.signalbox.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A database of its own on the server that all tests of a JVM share. */
public record TestDatabase(String name, String jdbcUrl, String user, String password) {
    /** A new connection, for the caller to close. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }
}
