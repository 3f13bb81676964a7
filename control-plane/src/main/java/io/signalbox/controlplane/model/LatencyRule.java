package io.signalbox.controlplane.model;

import java.time.Duration;

/**
 * How slow a canary may be.
 *
 * @param slow an answer that takes longer is slow
 * @param tolerance the increase of the share of slow answers over the stable pool's that does not matter, in millionths
 * @param maximum the share that it must not exceed whatever the stable pool does, in millionths; a million for none
 */
public record LatencyRule(Duration slow, int tolerance, int maximum) {
    public static final int USUAL_TOLERANCE = 10_000;
    public static final int USUAL_MAXIMUM = 50_000;
}
