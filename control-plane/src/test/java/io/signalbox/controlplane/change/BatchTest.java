package io.signalbox.controlplane.change;

import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.at;
import static io.signalbox.controlplane.change.Changes.delete;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that came while a commit was under way, and are committed together. */
final class BatchTest {
    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Replica replica;

    @BeforeEach
    void start() {
        replica = Replica.of(postgres.database());
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        replica.close();
    }

    @Test
    void areRevisionsOfTheirOwnInTheOrderTheyCame() throws Exception {
        List<CompletableFuture<Outcome>> outcomes = together(
                put(pool("a"), IS_NEW, port(1)),
                put(pool("a"), at(2), port(2)),
                put(pool("a"), at(2), port(3)),
                delete(pool("a")),
                put(pool("a"), IS_NEW, port(4)),
                put(pool("b"), IS_NEW, port(5)));

        assertThat(outcomes.get(0).join()).matches(o -> revision(o) == 2);
        assertThat(outcomes.get(1).join()).matches(o -> revision(o) == 3);
        assertThat(outcomes.get(2).join()).isInstanceOf(Outcome.PreconditionFailed.class);
        assertThat(outcomes.get(3).join()).matches(o -> revision(o) == 4);
        assertThat(outcomes.get(4).join()).matches(o -> revision(o) == 5);
        assertThat(outcomes.get(5).join()).matches(o -> revision(o) == 6);
        assertThat(replica.get(pool("a")).createdRevision()).isEqualTo(5);
        assertThat(replica.store.load()).isEqualTo(replica.head.get());
        assertThat(commits()).isEqualTo(2);
        assertThat(replica.committed).extracting(c -> c.revision()).containsExactly(1L, 6L);
    }

    @Test
    void doNotFailBecauseOneOfThemDoes() throws Exception {
        execute("ALTER TABLE history ADD CHECK (name <> 'cursed')");

        List<CompletableFuture<Outcome>> outcomes = together(
                put(pool("a"), IS_NEW, port(1)), put(pool("cursed"), IS_NEW, port(1)), put(pool("b"), IS_NEW, port(1)));

        assertThat(outcomes.get(0).join()).matches(o -> revision(o) == 2);
        assertThatThrownBy(() -> outcomes.get(1).join()).hasMessageContaining("history_name_check");
        assertThat(outcomes.get(2).join()).matches(o -> revision(o) == 3);
        assertThat(replica.store.load()).isEqualTo(replica.head.get());
        assertThat(replica.head.get().pools()).containsOnlyKeys("a", "b", "first");
    }

    /** Has a first request wait in the database until all the others wait behind it. */
    private List<CompletableFuture<Outcome>> together(Change... changes) throws Exception {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        try (Connection blocker = postgres.database().connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE history IN EXCLUSIVE MODE");
            CompletableFuture<Outcome> first = submit(put(pool("first"), IS_NEW, port(1)));
            await().until(this::isWriterBlocked);
            for (Change change : changes) {
                outcomes.add(submit(change));
                await().until(() -> replica.changes.waiting() == outcomes.size());
            }
            blocker.rollback();
            assertThat(first.join()).matches(o -> revision(o) == 1);
        }
        CompletableFuture.allOf(outcomes.toArray(CompletableFuture<?>[]::new))
                .exceptionally(failure -> null)
                .join();
        return outcomes;
    }

    private CompletableFuture<Outcome> submit(Change change) {
        return CompletableFuture.supplyAsync(() -> replica.apply(change), threads);
    }

    private static long revision(Outcome outcome) {
        return outcome instanceof Outcome.Applied applied ? applied.revision() : -1;
    }

    private boolean isWriterBlocked() throws SQLException {
        return number("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                > 0;
    }

    private long commits() throws SQLException {
        return number("SELECT count(DISTINCT write_id) FROM revisions");
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = postgres.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
