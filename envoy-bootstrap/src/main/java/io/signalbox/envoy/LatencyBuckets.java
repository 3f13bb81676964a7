package io.signalbox.envoy;

import java.util.List;

/**
 * How finely latencies are told apart. Envoy's own boundaries lie up to five times apart, too far for a percentile to say
 * much.
 */
public final class LatencyBuckets {
    /** The upper bounds in milliseconds, ascending. What takes longer than the last one is counted, but not told apart. */
    public static final List<Integer> MILLIS = List.of(
            1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 70, 100, 150, 200, 250, 300, 400, 500, 700, 1000, 1500, 2000,
            2500, 3000, 4000, 5000, 7000, 10_000, 15_000, 20_000, 30_000, 60_000);

    private LatencyBuckets() {}
}
