package io.signalbox.local;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Postgres server on the loopback interface, for trying things and for tests. It ends with this JVM; what was
 * committed stays in its data directory, unless that is a temporary one. Any thread may call.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final String USER = "signalbox";
    // Connections are trusted (loopback only); clients that insist on a password get one.
    private static final String PASSWORD = "signalbox";
    private static final String MAINTENANCE_DATABASE = "postgres";

    private final Optional<WorkDirectory> temporary;
    private final PostgresServer server;
    private final int port;

    private EmbeddedDatabase(Optional<WorkDirectory> temporary, PostgresServer server, int port) {
        this.temporary = temporary;
        this.server = server;
        this.port = port;
    }

    /**
     * @param directory where the data is kept; empty for a temporary directory that goes with the server
     * @param port 0 for a free one
     * @param durable whether a commit waits for the disk; without it a crash of the machine may lose data, a crash of the
     *     server does not
     */
    public record Options(Optional<Path> directory, int port, boolean durable) {
        /** For tests: temporary, any port, not durable. */
        public static final Options THROWAWAY = new Options(Optional.empty(), 0, false);

        /** In a directory that is kept, durable. */
        public static Options keptIn(Path directory) {
            return new Options(Optional.of(directory), 0, true);
        }
    }

    /**
     * Starts a server and returns when it takes connections. A server that a killed JVM left behind on the same
     * directory is stopped first.
     *
     * @throws LocalProcessException if it does not start; the message has its log's end
     */
    public static EmbeddedDatabase start(Options options) {
        try {
            Optional<WorkDirectory> temporary =
                    options.directory().isPresent() ? Optional.empty() : Optional.of(WorkDirectory.create("postgres"));
            Path directory =
                    options.directory().orElseGet(() -> temporary.orElseThrow().path());
            PostgresServer server = PostgresServer.prepare(directory, options.durable());
            int port = options.port() != 0 ? options.port() : FreePorts.next();
            EmbeddedDatabase database = new EmbeddedDatabase(temporary, server, port);
            database.start();
            return database;
        } catch (IOException e) {
            throw new LocalProcessException("Postgres cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * Ends the server that a killed JVM left behind on a data directory, if there is one.
     *
     * @return whether there was one
     */
    public static boolean endLeftBehind(Path directory) {
        try {
            return PostgresServer.endLeftBehind(directory);
        } catch (IOException e) {
            throw new LocalProcessException("cannot read what is left behind in " + directory, e);
        }
    }

    /** Starts it again after {@link #stop()}, on the same port and data; nothing happens when it runs. */
    public void start() {
        if (server.isAlive()) {
            return;
        }
        try {
            server.start(port);
        } catch (IOException e) {
            throw new LocalProcessException("Postgres cannot be started: " + e.getMessage(), e);
        }
        boolean ready = Waiting.until(START, () -> Optional.of(server.isReady()).filter(r -> r))
                .isPresent();
        if (!ready) {
            server.kill9();
            throw server.failure("took no connection after " + START);
        }
    }

    /** Fast shutdown: connections are cut, transactions under way are rolled back. */
    public void stop() {
        server.stopFast(STOP);
    }

    /** SIGKILL to the server, as in a crash. */
    public void kill9() {
        server.kill9();
    }

    public int port() {
        return port;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return PASSWORD;
    }

    /** The URL of the database that is there from the start. */
    public String jdbcUrl() {
        return jdbcUrl(MAINTENANCE_DATABASE);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Makes an empty database. */
    public void createDatabase(String name) {
        execute("create database " + quote(name));
    }

    /** Makes a copy of a database that nobody is connected to. */
    public void createDatabase(String name, String template) {
        execute("create database " + quote(name) + " template " + quote(template) + " strategy file_copy");
    }

    /** Removes a database, cutting its connections. */
    public void dropDatabase(String name) {
        execute("drop database if exists " + quote(name) + " with (force)");
    }

    private void execute(String sql) {
        try (Connection connection = connect(MAINTENANCE_DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new LocalProcessException("Postgres refuses: " + sql, e);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), USER, PASSWORD);
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        stop();
        temporary.ifPresent(WorkDirectory::close);
    }

    /** The arguments that are the same for every start. */
    static List<String> initArguments(Path directory, boolean durable) {
        List<String> arguments = new ArrayList<>(List.of("-A", "trust", "-U", USER, "-D", directory.toString()));
        arguments.addAll(List.of("-E", "UTF-8", "--locale=C"));
        if (!durable) {
            arguments.add("--no-sync");
        }
        return arguments;
    }

    static Map<String, String> settings(boolean durable) {
        return durable
                ? Map.of("max_connections", "100")
                : Map.of(
                        "fsync", "off",
                        "synchronous_commit", "off",
                        "full_page_writes", "off",
                        "max_connections", "300");
    }
}
