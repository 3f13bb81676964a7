package io.signalbox.controlplane.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.controlplane.judge.Finding;
import io.signalbox.controlplane.judge.Verdict;
import io.signalbox.controlplane.model.CanaryMetric;
import io.signalbox.controlplane.model.CanaryMetric.ThresholdRange;
import io.signalbox.controlplane.model.QueryTemplate;
import io.signalbox.controlplane.progress.MetricTrack.Asked;
import io.signalbox.controlplane.prometheus.QueryAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MetricTrackTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:01:00Z");
    private static final QueryAnswer GOOD = new QueryAnswer.Value(0.5);
    private static final QueryAnswer BAD = new QueryAnswer.Value(0.72);
    private static final QueryAnswer NONE = new QueryAnswer.Nothing("Prometheus answered 401");
    private static final CanaryMetric P99 = metric(Optional.empty(), Optional.of(0.5));

    private static CanaryMetric metric(Optional<Double> min, Optional<Double> max) {
        return new CanaryMetric("p99", new QueryTemplate("q"), new ThresholdRange(min, max), Duration.ofMinutes(1), 2);
    }

    private static MetricTrack after(CanaryMetric metric, QueryAnswer... answers) {
        MetricTrack track = MetricTrack.begin(FIRST);
        for (QueryAnswer answer : answers) {
            track = track.plus(new Asked(track.due(metric.interval()), answer), metric.thresholdRange());
        }
        return track;
    }

    private static Finding finding(CanaryMetric metric, QueryAnswer... answers) {
        MetricTrack track = after(metric, answers);
        return track.reading(metric, track.due(metric.interval())).finding();
    }

    private static Finding inconclusive(String why) {
        return new Finding(Verdict.INCONCLUSIVE, why);
    }

    @Test
    void untilItWasAskedNothingIsKnown() {
        MetricTrack track = MetricTrack.begin(FIRST);
        assertThat(track.due(P99.interval())).isEqualTo(FIRST);
        assertThat(track.reading(P99, FIRST.minusSeconds(60)))
                .isEqualTo(new MetricReading(
                        P99,
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        inconclusive("p99 is asked for the first time at 2026-01-01T00:01:00Z")));
    }

    @Test
    void theEndsOfTheRangeBelongToIt() {
        assertThat(finding(P99, GOOD)).isEqualTo(new Finding(Verdict.PASS, "p99 is 0.5 (expected: at most 0.5)"));
        CanaryMetric least = metric(Optional.of(0.5), Optional.empty());
        assertThat(finding(least, GOOD)).isEqualTo(new Finding(Verdict.PASS, "p99 is 0.5 (expected: at least 0.5)"));
        CanaryMetric both = metric(Optional.of(-1e6), Optional.of(1.0));
        assertThat(finding(both, new QueryAnswer.Value(1.0000012)))
                .isEqualTo(inconclusive("p99 is 1 (expected: -1000000 to 1), 1 of 2 times in a row"));
    }

    @Test
    void oneThatIsOutOfTheRangeIsNotEnough() {
        assertThat(finding(P99, GOOD, BAD))
                .isEqualTo(inconclusive("p99 is 0.72 (expected: at most 0.5), 1 of 2 times in a row"));
        assertThat(finding(P99, BAD, GOOD, BAD).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(finding(P99, BAD, BAD))
                .isEqualTo(new Finding(Verdict.FAIL, "p99 is 0.72 (expected: at most 0.5), 2 times in a row"));
        assertThat(finding(P99, BAD, BAD, BAD, GOOD).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void noAnswerIsEvidenceOfNothing() {
        assertThat(finding(P99, GOOD, NONE)).isEqualTo(inconclusive("p99 is unknown: Prometheus answered 401"));
        assertThat(after(P99, GOOD, NONE).reading(P99, FIRST).value()).isEmpty();
        assertThat(finding(P99, NONE, NONE, NONE).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(finding(P99, BAD, NONE, BAD).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void anAnswerThatIsTooOldIsNone() {
        MetricTrack track = after(P99, BAD, BAD);
        Instant asked = FIRST.plus(P99.interval());
        assertThat(track.reading(P99, asked.plusSeconds(240)).finding().verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(track.reading(P99, asked.plusSeconds(240).plusMillis(1)).finding())
                .isEqualTo(inconclusive("p99 was asked for the last time at 2026-01-01T00:02:00Z"));
    }
}
