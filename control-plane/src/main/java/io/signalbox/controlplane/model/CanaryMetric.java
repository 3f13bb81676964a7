package io.signalbox.controlplane.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What a Prometheus is asked about a canary.
 *
 * @param name that no other one of the canary has
 * @param query in PromQL, see {@link QueryTemplate}
 * @param thresholdRange what is good
 * @param interval how often it is asked, and what {@code {{ interval }}} stands for: so each answer can be about a time of its own
 * @param failures how many answers in a row out of the range make the canary fail
 */
public record CanaryMetric(
        String name, QueryTemplate query, ThresholdRange thresholdRange, Duration interval, int failures) {
    public static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);
    /** One answer that is out of the range may be noise. */
    public static final int USUAL_FAILURES = 2;

    /** Both ends belong to it; one that is empty is open. */
    public record ThresholdRange(Optional<Double> min, Optional<Double> max) {
        public boolean contains(double value) {
            return min.map(least -> value >= least).orElse(true)
                    && max.map(most -> value <= most).orElse(true);
        }
    }
}
