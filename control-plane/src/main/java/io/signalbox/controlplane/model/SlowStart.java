package io.signalbox.controlplane.model;

import java.time.Duration;

/**
 * A new endpoint's weight grows to its full size over a time, so that it can warm up. Envoy: {@code SlowStartConfig}.
 *
 * @param window how long it takes
 * @param aggression 1 grows evenly, more grows fast at first, less slowly at first
 * @param minWeightPercent what share of its weight it begins with, 0 to 100
 */
public record SlowStart(Duration window, double aggression, int minWeightPercent) {
    public static final double USUAL_AGGRESSION = 1;
    public static final int USUAL_MIN_WEIGHT_PERCENT = 10;
}
