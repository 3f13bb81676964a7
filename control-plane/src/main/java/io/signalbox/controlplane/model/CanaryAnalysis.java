package io.signalbox.controlplane.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a canary before it goes on.
 *
 * @param minimumRequests that must have ended on the canary at a step
 * @param tolerance the increase of the error rate over the stable pool's that does not matter, in millionths
 * @param maximumErrorRate which it must not exceed whatever the stable pool does, in millionths; a million for none
 * @param maximumWait how long it waits beyond the bake time for what is not established yet, before it holds
 * @param latency how slow it may be, if that is asked
 * @param metrics what a Prometheus is asked about it
 */
public record CanaryAnalysis(
        int minimumRequests,
        int tolerance,
        int maximumErrorRate,
        Duration maximumWait,
        Optional<LatencyRule> latency,
        List<CanaryMetric> metrics) {
    public static final CanaryAnalysis USUAL =
            new CanaryAnalysis(100, 10_000, 50_000, Duration.ofMinutes(30), Optional.empty(), List.of());

    public CanaryAnalysis {
        metrics = List.copyOf(metrics);
    }
}
