package io.signalbox.controlplane.store;

import static io.signalbox.controlplane.change.Changes.EXISTS;
import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.controlplane.change.Replica;
import io.signalbox.local.EmbeddedDatabase;
import io.signalbox.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RevisionFollowerTest {
    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();

    @Test
    void tellsWhereTheStoreIsAndThenOfEachCommit() throws Exception {
        try (Replica replica = Replica.of(postgres.database())) {
            replica.applied(put(pool("a"), IS_NEW, port(1)));
            try (RevisionFollower follower = RevisionFollower.start(replica.database, told::add)) {
                assertThat(next()).isEqualTo(1);
                for (int i = 2; i <= 20; i++) {
                    replica.applied(put(pool("a"), EXISTS, port(i)));
                    assertThat(next()).isEqualTo(i);
                }
                follower.close();
                replica.applied(put(pool("a"), EXISTS, port(100)));
            }
            assertThat(told).isEmpty();
        }
    }

    @Test
    void findsByPollingWhatNoNotificationSaid() throws Exception {
        try (Replica replica = Replica.of(postgres.database());
                RevisionFollower follower = RevisionFollower.start(replica.database, told::add)) {
            assertThat(next()).isZero();

            execute("UPDATE head SET revision = 7");

            assertThat(next()).isEqualTo(7);
        }
    }

    @Test
    void tellsAgainWhatCouldNotBeTakenIn() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        try (Replica replica = Replica.of(postgres.database());
                RevisionFollower follower = RevisionFollower.start(replica.database, revision -> {
                    if (revision == 1 && failed.compareAndSet(false, true)) {
                        throw new IllegalStateException("not now");
                    }
                    told.add(revision);
                })) {
            assertThat(next()).isZero();

            replica.applied(put(pool("a"), IS_NEW, port(1)));

            assertThat(next()).isEqualTo(1);
            assertThat(failed).isTrue();
        }
    }

    @Test
    void comesBackWhenItsSessionIsEnded() throws Exception {
        try (Replica replica = Replica.of(postgres.database());
                RevisionFollower follower = RevisionFollower.start(replica.database, told::add)) {
            assertThat(next()).isZero();
            for (int i = 1; i <= 3; i++) {
                execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
                if (i == 1) {
                    replica.applied(put(pool("a"), IS_NEW, port(i)));
                } else {
                    replica.applied(put(pool("a"), EXISTS, port(i)));
                }
                assertThat(next()).isEqualTo(i);
            }
        }
    }

    @Test
    void writesAndFollowsAgainAfterPostgresWasAway() throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(EmbeddedDatabase.Options.THROWAWAY)) {
            DatabaseAddress address = new DatabaseAddress(server.jdbcUrl(), server.user(), server.password());
            try (Database database = new Database(address)) {
                database.migrate();
            }
            try (Replica replica = new Replica(address, config -> List.of());
                    RevisionFollower follower = RevisionFollower.start(replica.database, told::add)) {
                assertThat(next()).isZero();
                replica.applied(put(pool("a"), IS_NEW, port(1)));
                assertThat(next()).isEqualTo(1);

                server.stop();
                assertThatThrownBy(() -> replica.apply(put(pool("a"), EXISTS, port(2))))
                        .isInstanceOf(StoreUnavailable.class);
                assertThat(replica.head.get().revision()).isEqualTo(1);
                server.start();

                replica.applied(put(pool("a"), EXISTS, port(3)));
                assertThat(next()).isEqualTo(replica.store.load().revision());
            }
        }
    }

    @Test
    void closesAtOnceWhileTheDatabaseIsAway() throws Exception {
        EmbeddedDatabase server = EmbeddedDatabase.start(EmbeddedDatabase.Options.THROWAWAY);
        try (Database database =
                new Database(new DatabaseAddress(server.jdbcUrl(), server.user(), server.password()))) {
            database.migrate();
            RevisionFollower follower = RevisionFollower.start(database, told::add);
            assertThat(next()).isZero();

            server.close();
            follower.close();
        }
        assertThat(told).isEmpty();
    }

    private long next() throws InterruptedException {
        @Nullable Long revision = told.poll(30, TimeUnit.SECONDS);
        assertThat(revision).as("told within 30 s").isNotNull();
        return revision == null ? -1 : revision;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
