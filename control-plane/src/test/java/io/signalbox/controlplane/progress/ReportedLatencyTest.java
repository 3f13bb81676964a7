package io.signalbox.controlplane.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.load.Bucket;
import io.signalbox.controlplane.load.Latencies;
import io.signalbox.controlplane.load.LatenciesTest;
import io.signalbox.controlplane.load.LatencyBucket;
import io.signalbox.controlplane.load.LatencyHistory;
import io.signalbox.controlplane.load.LoadHistory;
import io.signalbox.controlplane.load.Reporter;
import io.signalbox.controlplane.progress.LatencyWatch.Interval;
import io.signalbox.controlplane.progress.LatencyWatch.Times;
import io.signalbox.controlplane.progress.LoadView.Silent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportedLatencyTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Latencies SOME = LatenciesTest.answers(100, 7);

    private final List<LatencyBucket> buckets = new ArrayList<>();
    private final List<Reporter> tellers = new ArrayList<>();
    private final List<Reporter> reporters = new ArrayList<>();

    private void bucket(int second, Map<String, Latencies> pools) {
        buckets.add(new LatencyBucket(START.plusSeconds(second), Duration.ofSeconds(5), new TreeMap<>(pools)));
    }

    private static Reporter reporter(String node, int second) {
        return new Reporter(node, START.plusSeconds(second));
    }

    private Times seen(int second) {
        LatencyHistory history = new LatencyHistory() {
            @Override
            public List<LatencyBucket> latencies(Set<String> pools, Instant since) {
                return buckets;
            }

            @Override
            public List<Reporter> latencyReporters() {
                return tellers;
            }
        };
        LoadHistory loads = new LoadHistory() {
            @Override
            public List<Bucket> buckets(Set<String> pools, Instant since) {
                return List.of();
            }

            @Override
            public List<Reporter> reporters() {
                return reporters;
            }
        };
        return new ReportedLatency(history, loads, () -> START.plusSeconds(second)).observe("v1", "v2", START);
    }

    @Test
    void aBucketIsTakenWhenAllHaveToldOnceMoreAfterIt() {
        bucket(0, Map.of("v1", SOME, "v2", SOME.plus(SOME)));
        bucket(5, Map.of("v1", SOME));
        tellers.add(reporter("edge-1", 10));
        tellers.add(reporter("edge-2", 7));
        Interval first = new Interval(SOME.plus(SOME), SOME);
        assertThat(seen(11).intervals()).containsExactly(first);

        tellers.set(1, reporter("edge-2", 12));
        assertThat(seen(12).intervals()).containsExactly(first, new Interval(Latencies.NONE, SOME));
    }

    @Test
    void whoIsSilentIsWaitedForAndThenTakenToBeGone() {
        bucket(0, Map.of("v1", SOME));
        bucket(5, Map.of("v1", SOME));
        tellers.add(reporter("edge-1", 30));
        tellers.add(reporter("edge-2", 8));
        assertThat(seen(23).intervals()).hasSize(1);
        assertThat(seen(23).silent()).isEmpty();

        assertThat(seen(24).intervals()).hasSize(2);
        assertThat(seen(24).silent()).containsExactly(new Silent("edge-2", START.plusSeconds(8)));
        tellers.set(0, reporter("edge-1", 310));
        assertThat(seen(310).silent()).isEmpty();
    }

    @Test
    void knowsWhetherAnybodyTellsAndWhoDoesNot() {
        reporters.add(reporter("edge-1", 20));
        reporters.add(reporter("edge-2", 20));
        reporters.add(reporter("gone", 2));
        assertThat(seen(20).told()).isFalse();
        assertThat(seen(20).untold()).containsExactly("edge-1", "edge-2");

        tellers.add(reporter("edge-1", 18));
        assertThat(seen(20).told()).isTrue();
        assertThat(seen(20).untold()).containsExactly("edge-2");
        assertThat(seen(60).told()).isFalse();
    }
}
