package io.signalbox.controlplane.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.commons.dbcp2.BasicDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The pool of connections. It needs no database to be created, finds the database again as soon as it is back, and gives
 * up on one that does not answer within seconds. Any thread.
 *
 * <p>The pool is DBCP, which connects on the thread that wants a connection: others connect in the background, with
 * pauses of seconds after failures, in which a database that is back already is not found.
 */
public final class Database implements AutoCloseable {
    /** How long to wait for a connection, and to establish one. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** How long a statement may take; the server ends it then, and its transaction. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);

    /** How long to wait for bytes from the server: longer than any statement may take, so that it means a dead link. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(6);

    /** One for the writer, the rest for reads of the history, which are rare. */
    private static final int CONNECTIONS = 6;

    private static final String NO_ANSWER = "The database does not answer";

    private final DatabaseAddress address;
    private final BasicDataSource pool;
    private final Jdbi jdbi;

    public Database(DatabaseAddress address) {
        this.address = address;
        this.pool = pool(address);
        this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
    }

    /**
     * Brings the schema up to date. Replicas may do so at the same time.
     *
     * @throws StoreUnavailable when the database does not answer
     */
    public void migrate() {
        try {
            PGSimpleDataSource withoutTimeLimit = new PGSimpleDataSource();
            withoutTimeLimit.setURL(address.url());
            withoutTimeLimit.setUser(address.user());
            withoutTimeLimit.setPassword(address.password());
            withoutTimeLimit.setConnectTimeout((int) CONNECT_TIMEOUT.toSeconds());
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(withoutTimeLimit)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw translated(e, false);
        }
    }

    /**
     * Runs statements that read, or whose repetition does no harm: when a pooled connection turns out to be broken, it
     * tries the next one, and at last a new one.
     *
     * @throws StoreUnavailable when the database does not answer
     */
    <T> T call(HandleCallback<T, RuntimeException> statements) {
        for (int attempt = 0; ; attempt++) {
            try {
                return write(statements);
            } catch (StoreUnavailable e) {
                if (!e.outcomeUnknown() || attempt == CONNECTIONS) {
                    throw new StoreUnavailable(NO_ANSWER, false, e);
                }
            }
        }
    }

    /**
     * Runs one statement that writes, outside a transaction, so that its end is the commit.
     *
     * @throws StoreUnavailable when the database does not answer; it says whether the statement may have been done
     */
    <T> T write(HandleCallback<T, RuntimeException> statement) {
        try {
            return jdbi.withHandle(handle -> {
                try {
                    return statement.withHandle(handle);
                } catch (JdbiException e) {
                    dropIfBroken(handle, e);
                    throw e;
                }
            });
        } catch (ConnectionException e) { // there was no connection to send it on
            throw translated(e, false);
        } catch (JdbiException e) {
            throw translated(e, true);
        }
    }

    /** So that the pool does not hand it out again. */
    private static void dropIfBroken(Handle handle, JdbiException failure) {
        if (Trouble.of(failure) == Trouble.LINK_LOST) {
            try {
                handle.getConnection().abort(Runnable::run);
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** A connection outside the pool, for as long as the caller likes. */
    Connection dedicatedConnection() throws SQLException {
        Properties properties = driverProperties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        return DriverManager.getConnection(address.url(), properties);
    }

    @Override
    public void close() {
        try {
            pool.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the pool does not close", e);
        }
    }

    private static BasicDataSource pool(DatabaseAddress address) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(address.url());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        driverProperties().forEach((name, value) -> pool.addConnectionProperty((String) name, (String) value));
        pool.setConnectionInitSqls(List.of("SET statement_timeout = " + STATEMENT_TIMEOUT.toMillis()));
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(CONNECT_TIMEOUT);
        // No round trip before or after a statement: each one is its own transaction, and what a broken connection does
        // to it is dealt with where it happens. Connections that nobody uses are looked after in the background.
        pool.setTestOnBorrow(false);
        pool.setRollbackOnReturn(false);
        pool.setTestWhileIdle(true);
        pool.setDurationBetweenEvictionRuns(Duration.ofSeconds(15));
        pool.setValidationQueryTimeout(Duration.ofSeconds(2));
        return pool;
    }

    private static Properties driverProperties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "signalbox");
        properties.setProperty("connectTimeout", "" + CONNECT_TIMEOUT.toSeconds());
        properties.setProperty("loginTimeout", "" + CONNECT_TIMEOUT.toSeconds());
        properties.setProperty("socketTimeout", "" + SOCKET_TIMEOUT.toSeconds());
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    /** @return the exception to throw: {@link StoreUnavailable} for trouble that passes, the same one for a bug */
    private RuntimeException translated(RuntimeException e, boolean sent) {
        return switch (Trouble.of(e)) {
            case LINK_LOST -> new StoreUnavailable(NO_ANSWER, sent, e);
            case REFUSED -> new StoreUnavailable("The database takes no statements", false, e);
            case OTHER -> e;
        };
    }
}
