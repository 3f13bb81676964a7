package io.signalbox.controlplane.change;

import static io.signalbox.controlplane.change.Changes.EXISTS;
import static io.signalbox.controlplane.change.Changes.IS_NEW;
import static io.signalbox.controlplane.change.Changes.at;
import static io.signalbox.controlplane.change.Changes.delete;
import static io.signalbox.controlplane.change.Changes.pool;
import static io.signalbox.controlplane.change.Changes.port;
import static io.signalbox.controlplane.change.Changes.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.store.Revision;
import io.signalbox.controlplane.store.RevisionChanges;
import io.signalbox.controlplane.store.StoreUnavailable;
import io.signalbox.testkit.PostgresExtension;
import io.signalbox.testkit.SeededDice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas, several writers each. */
final class ConcurrentWritersTest {
    private static final int WRITERS = 8;
    private static final int MANY_WRITERS = 16;
    private static final int WRITES = 40;

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    private final ExecutorService threads = Executors.newFixedThreadPool(MANY_WRITERS);

    @SuppressWarnings("NullAway.Init") // set before each test
    private List<Replica> replicas;

    @BeforeEach
    void start() {
        replicas = List.of(Replica.of(postgres.database()), Replica.of(postgres.database()));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        replicas.forEach(Replica::close);
    }

    @Test
    void takeRevisionsWithoutGapsInTheOrderOfTheirCommits() throws Exception {
        List<Long> taken = inParallel(writer -> {
            List<Long> revisions = new ArrayList<>();
            for (int i = 0; i < WRITES; i++) {
                Precondition precondition = i == 0 ? IS_NEW : EXISTS;
                revisions.add(replica(writer)
                        .applied(put(pool("w" + writer), precondition, port(1 + i)))
                        .revision());
            }
            assertThat(revisions).isSorted();
            return revisions;
        });

        long all = WRITERS * WRITES;
        assertThat(taken).containsExactlyInAnyOrderElementsOf(upTo(all));
        assertThat(replicas.get(0).history.list(OptionalLong.empty(), 10_000))
                .extracting(Revision::n)
                .containsExactlyElementsOf(
                        upTo(all).stream().sorted((a, b) -> Long.compare(b, a)).toList());
        for (Replica replica : replicas) {
            assertThat(replica.head.refresh()).isEqualTo(replica.store.load());
            assertThat(replica.committed).extracting(c -> c.revision()).isSorted();
        }
        assertThat(replicas.get(0).head.get()).isEqualTo(replicas.get(1).head.get());
    }

    @Test
    void loseNoUpdateThatNamesTheRevisionItReplaces() throws Exception {
        replicas.get(0).applied(put(pool("counter"), IS_NEW, counted(List.of(), 0)));

        List<Long> attempts = inParallel(writer -> {
            List<Long> failures = new ArrayList<>();
            for (int i = 0; i < WRITES; i++) {
                failures.add(addOne(replica(writer), 1 + writer * WRITES + i));
            }
            return failures;
        });

        PoolSpec counter = (PoolSpec)
                replicas.get(1).store.load().find(pool("counter")).orElseThrow().spec();
        assertThat(counter.endpoints())
                .extracting(Endpoint::port)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, WRITERS * WRITES).boxed().toList());
        assertThat(attempts).hasSize(WRITERS * WRITES);
    }

    /** @return how often somebody was faster */
    private static long addOne(Replica replica, int port) {
        for (long failures = 0; ; failures++) {
            Resource<?> current = replica.head.refresh().find(pool("counter")).orElseThrow();
            PoolSpec more = counted(((PoolSpec) current.spec()).endpoints(), port);
            if (replica.apply(put(pool("counter"), at(current.revision()), more)) instanceof Outcome.Applied) {
                return failures;
            }
        }
    }

    private static PoolSpec counted(List<Endpoint> before, int port) {
        List<Endpoint> endpoints = new ArrayList<>(before);
        if (port > 0) {
            endpoints.add(new Endpoint("10.0.0.1", port, 1));
        }
        return new PoolSpec(port(1).loadBalancing(), endpoints);
    }

    /** For {@code -Dsignalbox.writers.seconds=60}, or else until each writer has succeeded so often. */
    @Test
    void loseNoUpdateWhenSixteenOfThemWriteTheSameFiftyObjects() throws Exception {
        SeededDice dice = SeededDice.roll();
        int seconds = Integer.getInteger("signalbox.writers.seconds", 0);
        int objects = 50;
        Change[] first = IntStream.range(0, objects)
                .mapToObj(i -> put(pool("o" + i), IS_NEW, Map.of("n", "0"), port(1)))
                .toArray(Change[]::new);
        replicas.get(0).applied(first);
        replicas.get(1).head.refresh();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Long> seeds =
                LongStream.generate(dice::nextLong).limit(MANY_WRITERS).boxed().toList();

        List<ResourceKey> written = inParallel(MANY_WRITERS, writer -> {
            SeededDice own = SeededDice.of(seeds.get(writer));
            List<ResourceKey> successes = new ArrayList<>();
            while (seconds > 0 ? System.nanoTime() < end : successes.size() < WRITES) {
                ResourceKey key = pool("o" + own.nextInt(objects));
                if (countUp(replica(writer), key)) {
                    successes.add(key);
                } else {
                    replica(writer).head.refresh();
                }
            }
            return successes;
        });

        Config loaded = replicas.get(0).store.load();
        System.out.printf("%d writers: %d successes%n", MANY_WRITERS, written.size());
        assertThat(loaded.revision()).isEqualTo(1 + written.size());
        Map<ResourceKey, Long> expected =
                written.stream().collect(Collectors.groupingBy(key -> key, Collectors.counting()));
        loaded.pools()
                .values()
                .forEach(pool -> assertThat(pool.labels())
                        .as(pool.name())
                        .containsEntry("n", "" + expected.getOrDefault(pool.key(), 0L)));
        for (long n = 2; n <= loaded.revision(); n++) {
            RevisionChanges.ResourceChange change =
                    replicas.get(0).history.find(n).orElseThrow().changes().get(0);
            assertThat(number(change.after().orElseThrow().labels()))
                    .isEqualTo(1 + number(change.before().orElseThrow().labels()));
        }
    }

    /** @return false also when the other replica was faster for seconds: then nothing was written, and 503 says so */
    private static boolean countUp(Replica replica, ResourceKey key) {
        Resource<?> current = replica.get(key);
        Map<String, String> next = Map.of("n", "" + (1 + number(current.labels())));
        try {
            return replica.apply(put(key, at(current.revision()), next, (PoolSpec) current.spec()))
                    instanceof Outcome.Applied;
        } catch (StoreUnavailable e) {
            assertThat(e.outcomeUnknown()).isFalse();
            return false;
        }
    }

    private static long number(Map<String, String> labels) {
        return Long.parseLong(labels.getOrDefault("n", "-1"));
    }

    @Test
    void createAResourceOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = "p" + round;
            List<Boolean> created = inParallel(writer -> List.of(
                    replica(writer).apply(put(pool(name), IS_NEW, port(1 + writer))) instanceof Outcome.Applied));

            assertThat(created).containsOnlyOnce(true);
        }
    }

    @Test
    void leaveAHistoryInWhichEachRevisionStartsFromTheOneBefore() throws Exception {
        SeededDice dice = SeededDice.roll();
        List<Long> seeds =
                LongStream.generate(dice::nextLong).limit(WRITERS).boxed().toList();
        inParallel(writer -> {
            SeededDice own = SeededDice.of(seeds.get(writer));
            for (int i = 0; i < WRITES; i++) {
                ResourceKey key = pool(own.pick("a", "b", "c"));
                replica(writer)
                        .apply(
                                own.oneIn(3)
                                        ? delete(key)
                                        : put(key, own.pick(EXISTS, IS_NEW), port(1 + own.nextInt(3))));
            }
            return List.of();
        });

        Config loaded = replicas.get(0).store.load();
        assertThat(loaded.revision()).isPositive();
        Map<ResourceKey, RevisionChanges.State> states = new HashMap<>();
        for (long n = 1; n <= loaded.revision(); n++) {
            RevisionChanges made = replicas.get(0).history.find(n).orElseThrow();
            for (RevisionChanges.ResourceChange change : made.changes()) {
                assertThat(change.before())
                        .as("before revision %d", n)
                        .isEqualTo(Optional.ofNullable(states.get(change.key())));
                change.after()
                        .ifPresentOrElse(after -> states.put(change.key(), after), () -> states.remove(change.key()));
            }
        }
        assertThat(loaded.pools().values())
                .allSatisfy(pool -> assertThat(states)
                        .containsEntry(pool.key(), new RevisionChanges.State(pool.labels(), pool.spec())));
        assertThat(loaded.pools()).hasSameSizeAs(states);
        for (Replica replica : replicas) {
            assertThat(replica.head.refresh()).isEqualTo(loaded);
        }
    }

    private Replica replica(int writer) {
        return replicas.get(writer % replicas.size());
    }

    private static List<Long> upTo(long n) {
        return LongStream.rangeClosed(1, n).boxed().toList();
    }

    private interface Writing<T> {
        List<T> run(int writer) throws Exception;
    }

    private <T> List<T> inParallel(Writing<T> writing) throws Exception {
        return inParallel(WRITERS, writing);
    }

    private <T> List<T> inParallel(int writers, Writing<T> writing) throws Exception {
        List<Callable<List<T>>> tasks = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int writer = i;
            tasks.add(() -> writing.run(writer));
        }
        List<T> results = new ArrayList<>();
        for (Future<List<T>> future : threads.invokeAll(tasks)) {
            results.addAll(future.get());
        }
        return results;
    }
}
