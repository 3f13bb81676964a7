package io.signalbox.controlplane.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.load.MetricsReport.Bar;
import io.signalbox.controlplane.load.MetricsReport.Counter;
import io.signalbox.controlplane.load.MetricsReport.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExperimentMetricsTest {
    private static final Instant START = Instant.parse("2026-01-01T11:30:00Z");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String NAME = "cluster.shop.experiment.new-checkout.Var_a.";

    private final ExperimentLedger ledger = new ExperimentLedger();
    private final ExperimentMetrics metrics = new ExperimentMetrics(
            (experiment, variant) ->
                    Optional.of(START).filter(run -> experiment.equals("new-checkout") && variant.equals("Var_a")),
            ledger);

    private static VariantHour hour(Assignment assignment, Instant start) {
        return new VariantHour("new-checkout", START, "Var_a", assignment, start);
    }

    private void told(Instant at, List<Counter> counters, List<Histogram> histograms) {
        metrics.accept(new MetricsReport("edge", at, Duration.ofSeconds(5), counters, histograms));
    }

    @Test
    void classesOfAnswersAreRequestsAndThoseOfServersFaultsErrors() {
        told(
                NOON.plusSeconds(61),
                List.of(
                        new Counter(NAME + "new.upstream_rq_2xx", 10),
                        new Counter(NAME + "new.upstream_rq_5xx", 2),
                        new Counter(NAME + "new.upstream_rq_3xx", 3),
                        new Counter(NAME + "known.upstream_rq_4xx", 4),
                        new Counter(NAME + "known.upstream_rq_101", 1),
                        new Counter(NAME.replace("shop", "other.pool") + "known.upstream_rq_2xx", 5)),
                List.of(new Histogram(NAME + "forced.upstream_rq_time", List.of(new Bar(5, 7), new Bar(10, 1)))));
        told(NOON.plusSeconds(3600), List.of(new Counter(NAME + "new.upstream_rq_2xx", 1)), List.of());

        Map<VariantHour, Exposures> sums = ledger.unwritten(10);

        assertThat(sums.keySet())
                .containsExactlyInAnyOrder(
                        hour(Assignment.NEW, NOON),
                        hour(Assignment.KNOWN, NOON),
                        hour(Assignment.FORCED, NOON),
                        hour(Assignment.NEW, NOON.plusSeconds(3600)));
        assertThat(sums).containsEntry(hour(Assignment.NEW, NOON), new Exposures(15, 2, Latencies.NONE));
        assertThat(sums).containsEntry(hour(Assignment.KNOWN, NOON), new Exposures(10, 0, Latencies.NONE));
        assertThat(sums.get(hour(Assignment.FORCED, NOON)))
                .satisfies(forced -> assertThat(forced.latencies().answers()).isEqualTo(8))
                .satisfies(forced -> assertThat(forced.requests()).isZero());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NAME + "new.upstream_rq_200", // its class counts
                NAME + "new.upstream_rq_completed",
                NAME + "new.upstream_rq_1xx",
                NAME + "new.external.upstream_rq_2xx",
                NAME + "other.upstream_rq_2xx",
                "cluster.shop.experiment.new-checkout.other.new.upstream_rq_2xx",
                "cluster.shop.experiment.other.Var_a.new.upstream_rq_2xx",
                "vhost.shop.experiment.new-checkout.Var_a.new.upstream_rq_2xx",
                "cluster.shop.upstream_rq_2xx"
            })
    void otherNamesAreNotWanted(String name) {
        assertThat(metrics.wants(name)).isFalse();
        told(NOON, List.of(new Counter(name, 1)), List.of());
        assertThat(ledger.unwritten(10)).isEmpty();
    }

    @Test
    void whatCountsIsWanted() {
        for (String metric : List.of("101", "2xx", "3xx", "4xx", "5xx", "time")) {
            assertThat(metrics.wants(NAME + "known.upstream_rq_" + metric)).isTrue();
        }
    }

    @Test
    void sumsAreKeptUntilTheyAreWrittenAndTheirHourIsOver() {
        told(NOON, List.of(new Counter(NAME + "new.upstream_rq_2xx", 1)), List.of());
        Map<VariantHour, Exposures> batch = ledger.unwritten(10);
        told(NOON, List.of(new Counter(NAME + "new.upstream_rq_2xx", 1)), List.of());
        ledger.written(batch);

        assertThat(ledger.forget(NOON.plusSeconds(7200))).isZero();
        assertThat(ledger.unwritten(10).values())
                .extracting(Exposures::requests)
                .containsExactly(2L);
        assertThat(ledger.forget(NOON.plus(ExperimentLedger.PATIENCE).plusSeconds(1)))
                .isEqualTo(1);
        assertThat(ledger.unwritten(10)).isEmpty();
    }
}
