package io.signalbox.controlplane.change;

import static io.signalbox.controlplane.change.Changes.EXISTS;
import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.delete;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.store.KeyedAnswers;
import io.signalbox.controlplane.store.StoredAnswer;
import io.signalbox.testkit.PostgresExtension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A request with an idempotency key is done once, however often and wherever it arrives. */
final class IdempotencyTest {
    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    private Replica replica;

    @BeforeEach
    void start() {
        replica = Replica.of(postgres.database());
    }

    @AfterEach
    void stop() {
        replica.close();
    }

    private static ChangeRequest keyed(String key, String fingerprint, Change... changes) {
        return Replica.request(changes)
                .withKey(Optional.of(new Keyed(
                        key,
                        fingerprint,
                        applied -> new StoredAnswer(200, applied.revision(), "at " + applied.revision()))));
    }

    private static Outcome replayed(long revision) {
        return new Outcome.Replayed(new StoredAnswer(200, revision, "at " + revision));
    }

    @Test
    void isDoneOnceAlsoAfterARestart() {
        ChangeRequest request = keyed("k", "f", put(pool("a"), IS_NEW, port(1)));
        assertThat(replica.changes.apply(request)).isInstanceOf(Outcome.Applied.class);
        replica.applied(delete(pool("a")));

        assertThat(replica.changes.apply(request)).isEqualTo(replayed(1));
        try (Replica restarted = Replica.of(postgres.database())) {
            assertThat(restarted.changes.apply(request)).isEqualTo(replayed(1));
            assertThat(restarted.store.load().revision()).isEqualTo(2);
        }
    }

    @Test
    void remembersAlsoThatThereWasNothingToDo() {
        replica.applied(put(pool("a"), IS_NEW, port(1)));
        ChangeRequest request = keyed("k", "f", put(pool("a"), EXISTS, port(1)));
        assertThat(replica.changes.apply(request)).isInstanceOf(Outcome.Applied.class);
        replica.applied(put(pool("a"), EXISTS, port(2)));

        assertThat(replica.changes.apply(request)).isEqualTo(replayed(1));
        assertThat(replica.get(pool("a")).spec()).isEqualTo(port(2));
    }

    @Test
    void refusesAKeyThatAnotherRequestHas() {
        replica.changes.apply(keyed("k", "f", put(pool("a"), IS_NEW, port(1))));

        assertThat(replica.changes.apply(keyed("k", "g", put(pool("b"), IS_NEW, port(1)))))
                .isEqualTo(new Outcome.KeyReused("k"));
        assertThat(replica.head.get().pools()).containsOnlyKeys("a");
    }

    @Test
    void aKeyIsOneAuthorsOwn() {
        replica.changes.apply(keyed("k", "f", put(pool("a"), IS_NEW, port(1))));
        ChangeRequest others = keyed("k", "f", put(pool("a"), EXISTS, port(2)));

        Outcome outcome = replica.changes.apply(new ChangeRequest(
                others.changes(),
                Principal.admin("somebody else"),
                others.reason(),
                false,
                others.madeFor(),
                others.keyed(),
                Optional.empty(),
                OptionalLong.empty(),
                false));

        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void aRefusalLeavesTheKeyFree() {
        Outcome refused = replica.changes.apply(keyed("k", "f", put(pool("a"), EXISTS, port(1))));
        assertThat(refused).isInstanceOf(Outcome.PreconditionFailed.class);

        assertThat(replica.changes.apply(keyed("k", "g", put(pool("a"), IS_NEW, port(1)))))
                .isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void aKeyIsFreeAgainAfterADayAndItsAnswerRemoved() {
        replica.changes.apply(keyed("k", "f", put(pool("a"), IS_NEW, port(1))));
        KeyedAnswers answers = new KeyedAnswers(replica.database);
        replica.clock.advance(Keyed.KEPT.minusSeconds(1));
        assertThat(replica.changes.apply(keyed("k", "f", put(pool("a"), IS_NEW, port(1)))))
                .isEqualTo(replayed(1));
        assertThat(answers.removeExpired(replica.clock.instant())).isZero();

        replica.clock.advance(java.time.Duration.ofSeconds(1));
        assertThat(replica.changes.apply(keyed("k", "g", put(pool("a"), EXISTS, port(2)))))
                .isInstanceOf(Outcome.Applied.class);
        assertThat(answers.removeExpired(replica.clock.instant().plus(Keyed.KEPT)))
                .isEqualTo(1);
    }

    /** Many requests with few keys, on two replicas at once: each key changes the config once. */
    @Test
    void isDoneOnceOnTwoReplicasAtOnce() throws Exception {
        int keys = 20;
        int threads = 8;
        replica.applied(put(pool("a"), IS_NEW, port(1)));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Replica other = Replica.of(postgres.database())) {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<List<Outcome>>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Replica mine = i % 2 == 0 ? replica : other;
                results.add(pool.submit(() -> {
                    go.await();
                    List<Outcome> outcomes = new ArrayList<>();
                    for (int key = 0; key < keys; key++) {
                        outcomes.add(mine.changes.apply(
                                keyed("k" + key, "f" + key, put(pool("a"), EXISTS, port(1000 + key)))));
                    }
                    return outcomes;
                }));
            }
            go.countDown();
            long applied = 0;
            Set<StoredAnswer> answers = new HashSet<>();
            for (Future<List<Outcome>> result : results) {
                for (Outcome outcome : result.get()) {
                    if (outcome instanceof Outcome.Applied) {
                        applied++;
                    } else {
                        assertThat(outcome)
                                .isInstanceOfSatisfying(Outcome.Replayed.class, r -> answers.add(r.answer()));
                    }
                }
            }
            assertThat(applied).isEqualTo(keys);
            assertThat(answers).hasSize(keys);
            assertThat(replica.store.load().revision()).isEqualTo(1 + keys);
        } finally {
            pool.shutdownNow();
        }
    }
}
