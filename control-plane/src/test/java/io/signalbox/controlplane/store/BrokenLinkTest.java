package io.signalbox.controlplane.store;

import static io.signalbox.controlplane.change.Changes.EXISTS;
import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.controlplane.change.Outcome;
import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.store.CuttableLink.Loss;
import io.signalbox.testkit.PostgresExtension;
import io.signalbox.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a write when the connection breaks at the worst time. */
final class BrokenLinkTest {
    private static final String COMMIT = "UPDATE head SET";

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    @SuppressWarnings("NullAway.Init") // set before each test
    private CuttableLink link;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Replica replica;

    @BeforeEach
    void start() throws IOException {
        TestDatabase database = postgres.database();
        link = new CuttableLink(
                URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort());
        String url = "jdbc:postgresql://127.0.0.1:" + link.port() + "/" + database.name()
                + "?prepareThreshold=0"; // so that each statement carries its text
        replica = new Replica(new DatabaseAddress(url, database.user(), database.password()), config -> List.of());
        replica.applied(put(pool("a"), IS_NEW, port(1)));
    }

    @AfterEach
    void stop() throws IOException {
        replica.close();
        link.close();
    }

    @Test
    void aWriteWhoseAnswerIsLostIsMadeOnceAndAnswered() {
        link.lose(Loss.ANSWER, COMMIT, 1);

        Outcome.Applied outcome = replica.applied(put(pool("a"), EXISTS, port(2)));

        assertThat(link.stillToLose()).isZero();
        assertThat(outcome.revision()).isEqualTo(2);
        assertThat(replica.history.list(OptionalLong.empty(), 10)).hasSize(2);
        assertThat(replica.store.load()).isEqualTo(replica.head.get());
    }

    @Test
    void aWriteThatIsLostOnTheWayIsMadeOnceAndAnswered() {
        link.lose(Loss.STATEMENT, COMMIT, 3);

        Outcome.Applied outcome = replica.applied(put(pool("a"), EXISTS, port(2)));

        assertThat(link.stillToLose()).isZero();
        assertThat(outcome.revision()).isEqualTo(2);
        assertThat(replica.history.list(OptionalLong.empty(), 10)).hasSize(2);
    }

    @Test
    void aWriteThatAnotherReplicaOvertookMeanwhileIsDecidedAnew() throws Exception {
        try (Connection blocker = postgres.database().connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE history IN EXCLUSIVE MODE");
            CompletableFuture<Outcome> write =
                    CompletableFuture.supplyAsync(() -> replica.apply(put(pool("a"), EXISTS, port(2))));
            int writer = await().until(this::blockedWriter, pid -> pid > 0);
            // The session of the first attempt ends in the middle, and so does that of each later one.
            try (Replica other = Replica.of(postgres.database())) {
                end(writer);
                blocker.rollback();
                Outcome.Applied others = other.applied(put(pool("b"), IS_NEW, port(1)));
                Outcome outcome = write.get(20, TimeUnit.SECONDS);

                assertThat(outcome).isInstanceOf(Outcome.Applied.class);
                assertThat(others.revision() + ((Outcome.Applied) outcome).revision())
                        .isEqualTo(2 + 3);
                assertThat(other.head.refresh())
                        .isEqualTo(replica.head.refresh())
                        .isEqualTo(other.store.load());
            }
        }
    }

    @Test
    void anEndedSessionLeavesNothingBehind() throws Exception {
        Config before = replica.store.load();
        try (Connection blocker = postgres.database().connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            // The history is written after head and revisions: both are touched when the session ends.
            statement.execute("LOCK TABLE history IN EXCLUSIVE MODE");
            CompletableFuture<Outcome> write =
                    CompletableFuture.supplyAsync(() -> replica.apply(put(pool("a"), EXISTS, port(2))));
            // No attempt gets through until the writer gives up.
            while (!write.isDone()) {
                int writer = await().until(this::blockedWriter, pid -> pid > 0 || write.isDone());
                end(writer);
            }

            assertThatThrownBy(write::join)
                    .hasCauseInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("revision 2")
                    .hasMessageContaining("unknown");
            blocker.rollback();
            assertThat(replica.store.load()).isEqualTo(before);
            assertThat(replica.history.list(OptionalLong.empty(), 10)).hasSize(1);
            replica.applied(put(pool("a"), EXISTS, port(3)));
            assertThat(replica.head.get().revision()).isEqualTo(2);
        }
    }

    @Test
    void whatTheDatabaseRefusesIsNotSentAgainAndLeavesNothing() throws Exception {
        try (Connection connection = postgres.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE history ADD CHECK (name <> 'cursed')");
        }
        Config before = replica.store.load();

        assertThatThrownBy(
                        () -> replica.apply(put(pool("fine"), IS_NEW, port(1)), put(pool("cursed"), IS_NEW, port(1))))
                .isNotInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("history_name_check");
        assertThat(replica.store.load()).isEqualTo(before);
        assertThat(replica.head.get()).isEqualTo(before);
    }

    /** @return the server process that waits for the lock on the history, 0 if none does */
    private int blockedWriter() throws SQLException {
        try (Connection connection = postgres.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pid FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private void end(int pid) throws SQLException {
        try (Connection connection = postgres.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(" + pid + ")");
        }
    }
}
