package io.signalbox.controlplane.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The pool of connections. It needs no database to be created, finds the database again by itself, and gives up on one
 * that does not answer within seconds. Any thread.
 */
public final class Database implements AutoCloseable {
    /** How long to wait for a connection, and to establish one. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** How long a statement may take; the server ends it then, and its transaction. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);

    /** How long to wait for bytes from the server: longer than any statement may take, so that it means a dead link. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(8);

    /** One for the writer, the rest for reads of the history, which are rare. */
    private static final int CONNECTIONS = 6;

    private final DatabaseAddress address;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    public Database(DatabaseAddress address) {
        this.address = address;
        this.pool = new HikariDataSource(poolConfig(address));
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
            throw asUnavailable(e, false);
        }
    }

    /**
     * Runs statements that read, or whose repetition does no harm.
     *
     * @throws StoreUnavailable when the database does not answer
     */
    <T> T call(HandleCallback<T, RuntimeException> statements) {
        try {
            return jdbi.withHandle(statements);
        } catch (JdbiException e) {
            throw asUnavailable(e, false);
        }
    }

    /**
     * Runs one statement that writes, outside a transaction, so that its end is the commit.
     *
     * @throws StoreUnavailable when the database does not answer; it says whether the statement may have been done
     */
    <T> T write(HandleCallback<T, RuntimeException> statement) {
        try {
            return jdbi.withHandle(statement);
        } catch (ConnectionException e) { // there was no connection to send it on
            throw asUnavailable(e, false);
        } catch (JdbiException e) {
            throw asUnavailable(e, true);
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
        pool.close();
    }

    private static HikariConfig poolConfig(DatabaseAddress address) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setDataSourceProperties(driverProperties());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        config.setValidationTimeout(Duration.ofSeconds(2).toMillis());
        config.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql("SET statement_timeout = " + STATEMENT_TIMEOUT.toMillis());
        return config;
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
    private RuntimeException asUnavailable(RuntimeException e, boolean sent) {
        return switch (Trouble.of(e)) {
            case LINK_LOST -> new StoreUnavailable("The database does not answer", sent, e);
            case REFUSED -> new StoreUnavailable("The database takes no statements", false, e);
            case OTHER -> e;
        };
    }
}
