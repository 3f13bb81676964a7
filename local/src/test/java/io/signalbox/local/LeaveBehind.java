package io.signalbox.local;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;

/** The main class of a JVM that is killed while its database runs. */
final class LeaveBehind {
    private LeaveBehind() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(EmbeddedDatabase.Options.keptIn(Path.of(arguments[0])));
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create table t as select 1 as n");
        }
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
