package io.signalbox.controlplane.model;

import java.util.Optional;

/**
 * How proxies find out which endpoints are well.
 *
 * @param panicThreshold with fewer percent of healthy endpoints health is taken to be wrong and ignored; 0 for never,
 *     empty for Envoy's default, 50
 */
public record PoolHealth(
        Optional<HealthCheck> check, Optional<OutlierDetection> outlierDetection, Optional<Integer> panicThreshold) {
    public static final PoolHealth UNWATCHED = new PoolHealth(Optional.empty(), Optional.empty(), Optional.empty());
}
