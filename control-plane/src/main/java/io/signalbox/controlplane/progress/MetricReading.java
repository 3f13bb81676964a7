package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.judge.Finding;
import io.signalbox.controlplane.model.CanaryMetric;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one metric of a canary.
 *
 * @param asked when it was asked last; empty before the first time
 * @param value what came then; empty when that was no number
 * @param outOfRange how many answers in a row lie out of the range by now
 */
public record MetricReading(
        CanaryMetric metric, Optional<Instant> asked, Optional<Double> value, int outOfRange, Finding finding) {}
