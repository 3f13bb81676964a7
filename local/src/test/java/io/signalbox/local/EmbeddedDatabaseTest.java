package io.signalbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    @TempDir
    Path directory;

    @Test
    void comesBackOnTheSamePortWithItsData() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(EmbeddedDatabase.Options.THROWAWAY)) {
            execute(database, "create table t as select 42 as n");

            database.stop();
            assertThatThrownBy(() -> queryOne(database, "select n from t")).isInstanceOf(SQLException.class);
            database.start();

            assertThat(queryOne(database, "select n from t")).isEqualTo(42);
        }
    }

    @Test
    void stopsAlthoughSomebodyIsConnected() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(EmbeddedDatabase.Options.THROWAWAY);
                Connection connection = connect(database)) {
            database.stop();
            assertThat(connection.isValid(1)).isFalse();
        }
    }

    @Test
    void keepsWhatWasCommittedWhenItCrashes() throws Exception {
        EmbeddedDatabase.Options kept = EmbeddedDatabase.Options.keptIn(directory);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(kept)) {
            execute(database, "create table t as select 7 as n");
            database.kill9();
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(kept)) {
            assertThat(queryOne(database, "select n from t")).isEqualTo(7);
            assertThat(queryText(database, "show fsync")).isEqualTo("on");
        }
    }

    @Test
    void endsTheServerThatAKilledJvmLeftBehind() throws Exception {
        long left = startAndKillAJvm();
        assertThat(ProcessHandle.of(left)).isPresent();

        try (EmbeddedDatabase database = EmbeddedDatabase.start(EmbeddedDatabase.Options.keptIn(directory))) {
            assertThat(queryOne(database, "select n from t")).isEqualTo(1);
            assertThat(isAlive(left)).isFalse();
        }
    }

    @Test
    void canBeAskedToEndOnlyWhatIsLeftBehind() throws Exception {
        long left = startAndKillAJvm();

        assertThat(EmbeddedDatabase.endLeftBehind(directory)).isTrue();

        assertThat(isAlive(left)).isFalse();
        assertThat(EmbeddedDatabase.endLeftBehind(directory)).isFalse();
    }

    @Test
    void leavesAProcessAloneThatHasThePidByChance() throws Exception {
        EmbeddedDatabase.Options kept = EmbeddedDatabase.Options.keptIn(directory);
        EmbeddedDatabase.start(kept).close();
        long other = ProcessHandle.current().pid();
        Path pidFile = directory.resolve("data/postmaster.pid");
        Files.writeString(pidFile, other + "\n" + directory.resolve("data") + "\n0\n1\n");

        try (EmbeddedDatabase database = EmbeddedDatabase.start(kept)) {
            assertThat(queryOne(database, "select 1")).isEqualTo(1);
        }
    }

    @Test
    void startsOverWhenItsFirstStartWasCutShort() throws Exception {
        Files.createDirectories(directory.resolve("data.unfinished/base"));
        Files.writeString(directory.resolve("data.unfinished/PG_VERSION"), "18");

        try (EmbeddedDatabase database = EmbeddedDatabase.start(EmbeddedDatabase.Options.keptIn(directory))) {
            assertThat(queryOne(database, "select 1")).isEqualTo(1);
        }
    }

    @Test
    void copiesDatabases() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(EmbeddedDatabase.Options.THROWAWAY)) {
            database.createDatabase("first");
            try (Connection connection = DriverManager.getConnection(
                            database.jdbcUrl("first"), database.user(), database.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("create table t as select 5 as n");
            }
            database.createDatabase("second", "first");
            database.dropDatabase("first");

            assertThat(queryOne(database.jdbcUrl("second"), "select n from t")).isEqualTo("5");
        }
    }

    @Test
    void saysWhyItDoesNotStart() throws Exception {
        try (EmbeddedDatabase first = EmbeddedDatabase.start(EmbeddedDatabase.Options.THROWAWAY)) {
            EmbeddedDatabase.Options samePort =
                    new EmbeddedDatabase.Options(Optional.of(directory), first.port(), false);
            assertThatThrownBy(() -> EmbeddedDatabase.start(samePort))
                    .isInstanceOf(LocalProcessException.class)
                    .hasMessageContaining("Address already in use");
        }
    }

    /** The pid of the server that is left. */
    private long startAndKillAJvm() throws Exception {
        Path output = directory.resolve("child.out");
        ChildProcess jvm = ChildProcess.start(
                "the JVM to kill",
                List.of(
                        JavaCommand.java().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeaveBehind.class.getName(),
                        directory.toString()),
                Map.of(),
                output,
                directory.resolve("child.err"));
        Optional<String> ready = Waiting.until(Duration.ofSeconds(60), () -> {
            jvm.checkAlive();
            return Optional.of(Files.readString(output)).filter(text -> text.contains("ready"));
        });
        assertThat(ready).as(jvm.logTail()).isPresent();
        jvm.kill9();
        return Long.parseLong(
                Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int queryOne(EmbeddedDatabase database, String sql) throws SQLException {
        return Integer.parseInt(queryText(database, sql));
    }

    private static String queryText(EmbeddedDatabase database, String sql) throws SQLException {
        return queryOne(database.jdbcUrl(), sql);
    }

    private static String queryOne(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "signalbox", "signalbox");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
