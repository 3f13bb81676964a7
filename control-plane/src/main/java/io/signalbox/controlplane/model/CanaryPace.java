package io.signalbox.controlplane.model;

import java.time.Duration;
import java.util.List;

/**
 * How a canary goes on.
 *
 * @param mode who moves it on
 * @param steps its share in percent at each step, ascending, the last one 100
 * @param bake how long it stays on each step, at least
 * @param grace how long one call leads back after promotion, in automatic mode
 */
public record CanaryPace(Mode mode, List<Integer> steps, Duration bake, Duration grace) {
    public static final List<Integer> USUAL_STEPS = List.of(5, 10, 25, 50, 100);
    public static final Duration USUAL_BAKE = Duration.ofMinutes(10);
    public static final Duration USUAL_GRACE = Duration.ofHours(1);

    public CanaryPace {
        steps = List.copyOf(steps);
    }

    /** In JSON lower case. */
    public enum Mode {
        /** It moves on, and back, by itself. */
        AUTOMATIC,
        /** People move it. */
        MANUAL
    }
}
