package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresExtensionTest {
    @RegisterExtension
    static final PostgresExtension COPY =
            PostgresExtension.copyOf("numbers", database -> execute(database, "create table t as select 1 as n"));

    @Test
    void theClassHasACopyOfTheTemplate() throws Exception {
        assertThat(count(COPY.database())).isEqualTo(1);
    }

    @Test
    void copiesAreApart() throws Exception {
        TestDatabase other = Databases.shared().create("numbers", template -> {
            throw new IllegalStateException("made a second time");
        });

        execute(other, "insert into t values (2)");

        assertThat(count(other)).isEqualTo(2);
        assertThat(count(COPY.database())).isEqualTo(1);
        Databases.shared().drop(other);
    }

    @Test
    void anEmptyOneHasNoTables(TestDatabase ofTheClass) throws Exception {
        TestDatabase empty = Databases.shared().create();

        execute(empty, "create table t (n int)");

        assertThat(count(empty)).isZero();
        assertThat(ofTheClass).isEqualTo(COPY.database());
        Databases.shared().drop(empty);
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(TestDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from t")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
