package io.signalbox.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.change.Replica;
import io.signalbox.controlplane.load.Latencies;
import io.signalbox.controlplane.load.LatenciesTest;
import io.signalbox.controlplane.load.LatencyBucket;
import io.signalbox.controlplane.load.LatencySpan;
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

final class LatencyStoreTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @RegisterExtension
    final PostgresExtension postgres = Replica.postgres();

    private final FakeClock clock = new FakeClock(NOON.plusSeconds(10));

    @SuppressWarnings("NullAway.Init") // set before each test
    private Database database;

    @SuppressWarnings("NullAway.Init") // set before each test
    private LatencyStore one;

    @SuppressWarnings("NullAway.Init") // set before each test
    private LatencyStore other;

    @BeforeEach
    void start() {
        database = new Database(Replica.address(postgres.database()));
        one = new LatencyStore(database, UUID.randomUUID(), clock);
        other = new LatencyStore(database, UUID.randomUUID(), clock);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void addsUpReplicasBoundaryByBoundary() {
        one.write(Map.of(span("a", 0), times(10, 5), span("b", 0), times(1, 2), span("b", 5), times(2, 2)), List.of());
        other.write(Map.of(span("a", 0), times(500, 1).plus(times(1e9, 1))), List.of());

        assertThat(one.latencies(Set.of("a", "b", "none"), NOON))
                .containsExactly(
                        bucket(
                                0,
                                5,
                                Map.of("a", times(10, 5).plus(times(500, 1)).plus(times(1e9, 1)), "b", times(1, 2))),
                        bucket(5, 5, Map.of("b", times(2, 2))));
        assertThat(one.latencies(Set.of("a"), NOON.plusMillis(1))).isEmpty();
    }

    @Test
    void writingOnceMoreDoesNotCountTwiceAndLateRepetitionsTakeNothingBack() {
        Map<LatencySpan, Latencies> early = Map.of(span("a", 0), times(10, 5));
        one.write(early, List.of());
        one.write(early, List.of());
        one.write(Map.of(span("a", 0), times(10, 5).plus(times(20, 1))), List.of());
        one.write(early, List.of());

        assertThat(one.latencies(Set.of("a"), NOON))
                .containsExactly(bucket(0, 5, Map.of("a", times(10, 5).plus(times(20, 1)))));
    }

    @Test
    void whatIsLongAgoIsReadByMinutesAndNothingTwice() {
        one.write(
                Map.of(
                        span("a", 60), times(1, 1),
                        minute("a", 1), times(1, 1),
                        span("a", 120), times(2, 2),
                        minute("a", 2), times(2, 2)),
                List.of());
        clock.advance(Duration.ofMinutes(22).minusSeconds(10)); // the horizon is at 12:02

        assertThat(one.latencies(Set.of("a"), NOON))
                .containsExactly(bucket(60, 60, Map.of("a", times(1, 1))), bucket(120, 5, Map.of("a", times(2, 2))));
        assertThat(one.minutes("a", NOON, NOON.plusSeconds(120)))
                .isEqualTo(Map.of(NOON.plusSeconds(60), times(1, 1), NOON.plusSeconds(120), times(2, 2)));
        assertThat(one.minutes("a", NOON, NOON.plusSeconds(60))).containsOnlyKeys(NOON.plusSeconds(60));
    }

    @Test
    void knowsWhoToldLast() {
        one.write(Map.of(), List.of(new Reporter("edge-2", NOON), new Reporter("edge-1", NOON.plusSeconds(5))));
        other.write(Map.of(), List.of(new Reporter("edge-2", NOON.plusSeconds(5)), new Reporter("edge-1", NOON)));

        assertThat(one.latencyReporters())
                .containsExactly(
                        new Reporter("edge-1", NOON.plusSeconds(5)), new Reporter("edge-2", NOON.plusSeconds(5)));
    }

    @Test
    void removesWhatIsNoLongerKept() {
        one.write(
                Map.of(span("a", 0), times(1, 1), minute("a", 0), times(1, 1), minute("a", 30), times(1, 1)),
                List.of(new Reporter("old", NOON), new Reporter("new", NOON.plus(Duration.ofHours(1)))));
        clock.advance(Duration.ofMinutes(60));
        one.removeBefore(NOON.plus(Duration.ofMinutes(20)));

        assertThat(one.minutes("a", NOON, NOON.plus(Duration.ofHours(1))))
                .containsOnlyKeys(NOON.plus(Duration.ofMinutes(30)));
        assertThat(one.latencyReporters()).extracting(Reporter::node).containsExactly("new");
        clock.set(NOON.plusSeconds(10));
        assertThat(one.latencies(Set.of("a"), NOON)).isEmpty();
    }

    private static Latencies times(double upTo, long count) {
        return LatenciesTest.answers(upTo, count);
    }

    private static LatencySpan span(String pool, int second) {
        return new LatencySpan(pool, NOON.plusSeconds(second), LatencySpan.SHORT);
    }

    private static LatencySpan minute(String pool, int minute) {
        return new LatencySpan(pool, NOON.plus(Duration.ofMinutes(minute)), LatencySpan.MINUTE);
    }

    private static LatencyBucket bucket(int second, int length, Map<String, Latencies> pools) {
        return new LatencyBucket(NOON.plusSeconds(second), Duration.ofSeconds(length), new TreeMap<>(pools));
    }
}
