package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.judge.Finding;
import io.signalbox.controlplane.judge.Verdict;
import io.signalbox.controlplane.model.CanaryMetric;
import io.signalbox.controlplane.model.CanaryMetric.ThresholdRange;
import io.signalbox.controlplane.prometheus.QueryAnswer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of asking for one metric at one step. Pure.
 *
 * @param first when it is asked for the first time
 * @param last the last time it was asked
 * @param outOfRange how many values in a row were out of the range; where none came in between does not matter, as that is
 *     evidence of nothing
 */
record MetricTrack(Instant first, Optional<Asked> last, int outOfRange) {
    /** Beyond the time after which it should have been asked again twice: it waits its turn, and for Prometheus. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int INTERVALS = 3;
    private static final MathContext DIGITS = new MathContext(6);

    record Asked(Instant at, QueryAnswer answer) {}

    static MetricTrack begin(Instant first) {
        return new MetricTrack(first, Optional.empty(), 0);
    }

    MetricTrack plus(Asked asked, ThresholdRange range) {
        int count = outOfRange;
        if (asked.answer() instanceof QueryAnswer.Value value) {
            count = range.contains(value.value()) ? 0 : count + 1;
        }
        return new MetricTrack(first, Optional.of(asked), count);
    }

    Instant due(Duration interval) {
        return last.map(asked -> asked.at().plus(interval)).orElse(first);
    }

    MetricReading reading(CanaryMetric metric, Instant now) {
        Optional<Double> value = last.map(Asked::answer)
                .flatMap(answer ->
                        answer instanceof QueryAnswer.Value known ? Optional.of(known.value()) : Optional.empty());
        return new MetricReading(metric, last.map(Asked::at), value, outOfRange, finding(metric, now));
    }

    private Finding finding(CanaryMetric metric, Instant now) {
        if (last.isEmpty()) {
            return inconclusive(metric.name() + " is asked for the first time at " + first);
        }
        Asked asked = last.get();
        Duration longest = metric.interval().multipliedBy(INTERVALS).plus(PATIENCE);
        if (asked.at().plus(longest).isBefore(now)) {
            return inconclusive(metric.name() + " was asked for the last time at " + asked.at());
        } else if (asked.answer() instanceof QueryAnswer.Nothing nothing) {
            return inconclusive(metric.name() + " is unknown: " + nothing.why());
        }
        return ofValue(((QueryAnswer.Value) asked.answer()).value(), metric);
    }

    private Finding ofValue(double value, CanaryMetric metric) {
        String what = metric.name() + " is " + text(value) + " (expected: " + text(metric.thresholdRange()) + ")";
        if (outOfRange == 0) {
            return new Finding(Verdict.PASS, what);
        }
        return outOfRange < metric.failures()
                ? inconclusive(what + ", " + outOfRange + " of " + metric.failures() + " times in a row")
                : new Finding(Verdict.FAIL, what + ", " + outOfRange + " times in a row");
    }

    private static Finding inconclusive(String why) {
        return new Finding(Verdict.INCONCLUSIVE, why);
    }

    private static String text(ThresholdRange range) {
        if (range.min().isPresent() && range.max().isPresent()) {
            return text(range.min().get()) + " to " + text(range.max().get());
        }
        return range.min()
                .map(min -> "at least " + text(min))
                .orElseGet(() -> "at most " + range.max().map(MetricTrack::text).orElse("any"));
    }

    private static String text(double value) {
        return value == 0
                ? "0"
                : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
