package io.signalbox.controlplane.load;

import java.util.List;

/**
 * How finely latencies are kept: as finely as proxies tell them whose bootstrap is ours. What another one tells by other boundaries
 * is taken to the next boundary above, so an answer never seems faster than it was.
 */
public final class LatencyBounds {
    /** The upper bounds in milliseconds, ascending. A migration of what is stored has to go with every change. */
    public static final List<Integer> MILLIS = List.of(
            1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 70, 100, 150, 200, 250, 300, 400, 500, 700, 1000, 1500, 2000,
            2500, 3000, 4000, 5000, 7000, 10_000, 15_000, 20_000, 30_000, 60_000);

    /** The bars between them, and the one above all. */
    static final int BARS = MILLIS.size() + 1;

    private LatencyBounds() {}

    /** The bar that takes values up to so many milliseconds; the last one for those above all boundaries. */
    static int barOf(double upToMillis) {
        int bar = 0;
        while (bar < MILLIS.size() && MILLIS.get(bar) < upToMillis) {
            bar++;
        }
        return bar;
    }
}
