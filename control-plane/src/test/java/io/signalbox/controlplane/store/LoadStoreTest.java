package io.signalbox.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.load.Bucket;
import io.signalbox.controlplane.load.Counts;
import io.signalbox.controlplane.load.NodeMinute;
import io.signalbox.controlplane.load.PoolSecond;
import io.signalbox.controlplane.load.Reporter;
import io.signalbox.testkit.FakeClock;
import io.signalbox.testkit.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LoadStoreTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    private final FakeClock clock = new FakeClock(NOON.plusSeconds(10));

    @SuppressWarnings("NullAway.Init") // set before each test
    private Database database;

    @SuppressWarnings("NullAway.Init") // set before each test
    private LoadStore store;

    @SuppressWarnings("NullAway.Init") // set before each test
    private LoadWrite one;

    @SuppressWarnings("NullAway.Init") // set before each test
    private LoadWrite other;

    @BeforeEach
    void start() {
        database = new Database(Replica.address(postgres.database()));
        store = new LoadStore(database, clock);
        one = new LoadWrite(database, UUID.randomUUID());
        other = new LoadWrite(database, UUID.randomUUID());
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void addsUpReplicas() {
        one.seconds(Map.of(second("a", 0), new Counts(10, 1), second("b", 0), new Counts(4, 4)), List.of());
        other.seconds(Map.of(second("a", 0), new Counts(5, 0), second("a", 2), new Counts(1, 1)), List.of());

        assertThat(store.buckets(Set.of("a", "b", "none"), NOON))
                .containsExactly(
                        bucket(0, Map.of("a", new Counts(15, 1), "b", new Counts(4, 4))),
                        bucket(2, Map.of("a", new Counts(1, 1))));
        assertThat(store.since(Set.of("a", "none"), NOON))
                .isEqualTo(Map.of("a", new Counts(16, 2), "none", Counts.ZERO));
        assertThat(store.buckets(Set.of("a"), NOON.plusMillis(1)))
                .containsExactly(bucket(2, Map.of("a", new Counts(1, 1))));
    }

    @Test
    void writingOnceMoreDoesNotCountTwiceAndLateRepetitionsTakeNothingBack() {
        Map<PoolSecond, Counts> early = Map.of(second("a", 0), new Counts(10, 1));
        one.seconds(early, List.of());
        one.seconds(early, List.of());
        one.seconds(Map.of(second("a", 0), new Counts(12, 2)), List.of());
        one.seconds(early, List.of());

        assertThat(store.since(Set.of("a"), NOON)).containsEntry("a", new Counts(12, 2));
    }

    @Test
    void whatIsLongAgoIsReadByMinutesAndNothingTwice() {
        one.seconds(Map.of(second("a", 61), new Counts(6, 0), second("a", 125), new Counts(7, 0)), List.of());
        one.minutes(Map.of(
                minute("a", 1, "edge-1"), load(4, 0, 0),
                minute("a", 1, "edge-2"), load(2, 0, 0),
                minute("a", 2, "edge-1"), load(7, 0, 0)));
        clock.set(NOON.plus(Duration.ofMinutes(22)).plusSeconds(30));

        assertThat(store.buckets(Set.of("a"), NOON))
                .containsExactly(
                        new Bucket(
                                NOON.plusSeconds(60),
                                Duration.ofMinutes(1),
                                new TreeMap<>(Map.of("a", new Counts(6, 0)))),
                        bucket(125, Map.of("a", new Counts(7, 0))));
        // The minute began before.
        assertThat(store.buckets(Set.of("a"), NOON.plusSeconds(61)))
                .containsExactly(bucket(125, Map.of("a", new Counts(7, 0))));
    }

    @Test
    void listsMinutesByProxies() {
        one.minutes(Map.of(minute("a", 0, "edge-1"), load(10, 1, 3), minute("a", 0, "edge-2"), load(5, 0, 1)));
        other.minutes(Map.of(
                minute("a", 0, "edge-1"), load(2, 2, 9),
                minute("a", 1, "edge-1"), load(1, 0, 0),
                minute("b", 0, "edge-1"), load(8, 0, 0)));

        assertThat(store.minutes("a", NOON, 10))
                .isEqualTo(Map.of(
                        NOON,
                        Map.of("edge-1", load(12, 3, 9), "edge-2", load(5, 0, 1)),
                        NOON.plusSeconds(60),
                        Map.of("edge-1", load(1, 0, 0))));
        assertThat(store.minutes("a", NOON, 1)).containsOnlyKeys(NOON);
        assertThat(store.minutes("a", NOON.plusMillis(1), 1)).containsOnlyKeys(NOON.plusSeconds(60));
    }

    @Test
    void knowsWhenEachProxyReportedLastToWhicheverReplica() {
        one.seconds(Map.of(), List.of(new Reporter("edge-2", NOON), new Reporter("edge-1", NOON)));
        other.seconds(Map.of(), List.of(new Reporter("edge-1", NOON.plusMillis(1500))));
        one.seconds(Map.of(), List.of(new Reporter("edge-1", NOON.plusSeconds(1))));

        assertThat(store.reporters())
                .containsExactly(new Reporter("edge-1", NOON.plusMillis(1500)), new Reporter("edge-2", NOON));
    }

    @Test
    void removesWhatIsNoLongerKept() {
        one.seconds(Map.of(second("a", 0), new Counts(1, 0)), List.of(new Reporter("edge-1", NOON)));
        one.minutes(Map.of(minute("a", 0, "edge-1"), load(1, 0, 0), minute("a", 60, "edge-1"), load(2, 0, 0)));
        store.removeBefore(NOON);
        assertThat(store.since(Set.of("a"), NOON)).containsEntry("a", new Counts(1, 0));

        clock.set(NOON.plus(Duration.ofHours(2)));
        store.removeBefore(NOON.plus(Duration.ofMinutes(1)));

        assertThat(store.minutes("a", NOON, 10)).containsOnlyKeys(NOON.plus(Duration.ofHours(1)));
        assertThat(store.reporters()).isEmpty();
        clock.set(NOON);
        assertThat(store.buckets(Set.of("a"), NOON)).isEmpty();
    }

    private static PoolSecond second(String pool, int n) {
        return new PoolSecond(pool, NOON.plusSeconds(n));
    }

    private static NodeMinute minute(String pool, int n, String node) {
        return new NodeMinute(pool, NOON.plus(Duration.ofMinutes(n)), node);
    }

    private static NodeMinute.Load load(long requests, long errors, long inProgress) {
        return new NodeMinute.Load(new Counts(requests, errors), inProgress);
    }

    private static Bucket bucket(int second, Map<String, Counts> pools) {
        return new Bucket(NOON.plusSeconds(second), Duration.ofSeconds(1), new TreeMap<>(pools));
    }
}
