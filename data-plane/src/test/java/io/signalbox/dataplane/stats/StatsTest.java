package io.signalbox.dataplane.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatsTest {
    private final Stats stats = new Stats(HistogramBounds.DEFAULT);

    @Test
    void valuesHaveTwoDigits() {
        Histogram histogram = new Histogram(new double[] {10, 100, 250});
        for (long value : new long[] {0, 10, 11, 99, 100, 109, 110, 259, 260, 1_000_000}) {
            histogram.record(value);
        }

        Histogram.Values values = histogram.take();
        assertThat(values.bounds()).containsExactly(10.0, 100.0, 250.0);
        assertThat(values.cumulative()).containsExactly(2L, 6L, 8L);
        assertThat(values.count()).isEqualTo(10);
        assertThat(values.sum()).isEqualTo(1_000_958);
        assertThat(histogram.take().count()).isZero();
    }

    @Test
    void whatIsTakenIsNotTakenAgain() {
        stats.of("a").counter("x.upstream_rq_completed").add(3);
        stats.of("a").requestTime().record(7);

        List<ClusterStats.Taken> taken = stats.take(Set.of("a"));
        assertThat(taken).hasSize(1);
        assertThat(taken.get(0).counters()).isEqualTo(Map.of("cluster.a.x.upstream_rq_completed", 3L));
        assertThat(taken.get(0).histograms()).containsOnlyKeys("cluster.a.upstream_rq_time");
        assertThat(stats.take(Set.of("a"))).containsExactly(new ClusterStats.Taken(Map.of(), Map.of()));
    }

    @Test
    void aClusterThatIsGoneIsToldOfOnceMoreAndForgotten() {
        stats.of("gone").counter("x").increment();

        assertThat(stats.take(Set.of()))
                .containsExactly(new ClusterStats.Taken(Map.of("cluster.gone.x", 1L), Map.of()));
        assertThat(stats.take(Set.of())).isEmpty();
    }

    @Test
    void withoutASettingBoundariesAreEnvoys() {
        assertThat(HistogramBounds.DEFAULT.of("cluster.a.upstream_rq_time"))
                .hasSize(19)
                .startsWith(0.5, 1, 5);
    }
}
