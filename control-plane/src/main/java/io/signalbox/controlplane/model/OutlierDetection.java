package io.signalbox.controlplane.model;

import java.time.Duration;
import java.util.Optional;

/**
 * An endpoint whose answers are bad is left out for a while. Envoy: "Outlier detection".
 *
 * @param consecutive5xx after so many answers of 500 and above in a row, or connections that failed; empty for never
 * @param consecutiveGatewayFailures the same for 502, 503 and 504
 * @param interval how often it is looked whether a time is over; empty for Envoy's default, 10 s
 * @param baseEjectionTime how long, times how often it has been left out; empty for Envoy's default, 30 s
 * @param maxEjectionPercent how much of the pool at most; empty for Envoy's default, 10
 */
public record OutlierDetection(
        Optional<Integer> consecutive5xx,
        Optional<Integer> consecutiveGatewayFailures,
        Optional<Duration> interval,
        Optional<Duration> baseEjectionTime,
        Optional<Integer> maxEjectionPercent) {}
