package io.signalbox.controlplane.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.load.MetricsReport.Bar;
import io.signalbox.controlplane.load.MetricsReport.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LatencyLedgerTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final LatencyLedger ledger = new LatencyLedger(Set.of("a", "b")::contains);

    @Test
    void wantsTheTimesOfPools() {
        assertThat(ledger.wants("cluster.a.upstream_rq_time")).isTrue();
        for (String other : List.of(
                "cluster.c.upstream_rq_time",
                "cluster.a.external.upstream_rq_time",
                "cluster.a.upstream_cx_length_ms",
                "cluster.upstream_rq_time",
                "vhost.a.upstream_rq_time")) {
            assertThat(ledger.wants(other)).as(other).isFalse();
        }
    }

    @Test
    void addsUpProxiesAndSharesOutByTime() {
        accept("edge-1", NOON.plusSeconds(5), times("a", new Bar(100, 40), new Bar(500, 2)));
        accept(
                "edge-2",
                NOON.plusSeconds(8),
                times("a", new Bar(100, 10)),
                times("b", new Bar(1, 1)),
                times("c", new Bar(1, 1)));

        assertThat(unwritten())
                .isEqualTo(Map.of(
                        span("a", 0), LatenciesTest.answers(100, 44).plus(LatenciesTest.answers(500, 2)),
                        span("a", 5), LatenciesTest.answers(100, 6),
                        span("b", 5), LatenciesTest.answers(1, 1)));
        assertThat(ledger.unwritten(LatencySpan.MINUTE, 100))
                .isEqualTo(Map.of(
                        minute("a"), LatenciesTest.answers(100, 50).plus(LatenciesTest.answers(500, 2)),
                        minute("b"), LatenciesTest.answers(1, 1)));
        assertThat(ledger.reporters())
                .containsExactly(
                        new Reporter("edge-1", NOON.plusSeconds(5)), new Reporter("edge-2", NOON.plusSeconds(8)));
    }

    @Test
    void whoHadNothingToDoReportsToo() {
        accept("edge-1", NOON);

        assertThat(unwritten()).isEmpty();
        assertThat(ledger.reporters()).containsExactly(new Reporter("edge-1", NOON));
    }

    @Test
    void whatHasGrownIsWrittenAgainAndWhatIsWrittenAndOldIsForgotten() {
        accept("edge-1", NOON.plusSeconds(5), times("b", new Bar(1, 1)));
        Map<LatencySpan, Latencies> batch = unwritten();
        accept("edge-1", NOON.plusSeconds(5), times("b", new Bar(1, 1)));
        ledger.written(LatencySpan.SHORT, batch);
        assertThat(unwritten()).containsEntry(span("b", 0), LatenciesTest.answers(1, 2));

        ledger.written(LatencySpan.SHORT, unwritten());
        ledger.written(LatencySpan.MINUTE, ledger.unwritten(LatencySpan.MINUTE, 100));
        assertThat(ledger.forget(NOON.plus(Duration.ofMinutes(10)), NOON)).isZero();
        accept("edge-1", NOON.plusSeconds(5), times("b", new Bar(1, 1)));
        assertThat(unwritten()).containsEntry(span("b", 0), LatenciesTest.answers(1, 1));
        assertThat(ledger.forget(NOON.plus(Duration.ofMinutes(20)), NOON.plusSeconds(6)))
                .isEqualTo(2);
        assertThat(ledger.reporters()).isEmpty();
    }

    private Map<LatencySpan, Latencies> unwritten() {
        return ledger.unwritten(LatencySpan.SHORT, 100);
    }

    private void accept(String node, Instant arrival, Histogram... histograms) {
        ledger.accept(new MetricsReport(node, arrival, Duration.ofSeconds(5), List.of(), List.of(histograms)));
    }

    private static Histogram times(String cluster, Bar... bars) {
        return new Histogram("cluster." + cluster + ".upstream_rq_time", List.of(bars));
    }

    private static LatencySpan span(String pool, int second) {
        return new LatencySpan(pool, NOON.plusSeconds(second), LatencySpan.SHORT);
    }

    private static LatencySpan minute(String pool) {
        return new LatencySpan(pool, NOON, LatencySpan.MINUTE);
    }
}
