package io.signalbox.controlplane.load;

import io.signalbox.controlplane.load.MetricsReport.Bar;
import io.signalbox.controlplane.load.MetricsReport.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How long answers took: how many lie between which {@link LatencyBounds}.
 *
 * @param bars for each boundary those not above it and above the one before, and at the end those above all
 */
public record Latencies(List<Long> bars) {
    public static final Latencies NONE = new Latencies(Collections.nCopies(LatencyBounds.BARS, 0L));

    public Latencies {
        if (bars.size() != LatencyBounds.BARS) {
            throw new IllegalArgumentException(bars.size() + " bars (expected: " + LatencyBounds.BARS + ")");
        }
        bars = List.copyOf(bars);
    }

    static Latencies of(Histogram histogram) {
        return new Latencies(Arrays.stream(bars(histogram)).boxed().toList());
    }

    static long[] bars(Histogram histogram) {
        long[] bars = new long[LatencyBounds.BARS];
        for (Bar bar : histogram.bars()) {
            bars[LatencyBounds.barOf(bar.upTo())] += bar.count();
        }
        return bars;
    }

    public Latencies plus(Latencies other) {
        List<Long> sums = new ArrayList<>(LatencyBounds.BARS);
        for (int i = 0; i < LatencyBounds.BARS; i++) {
            sums.add(bars.get(i) + other.bars.get(i));
        }
        return new Latencies(sums);
    }

    /** How many answers there are. */
    public long answers() {
        return bars.stream().mapToLong(Long::longValue).sum();
    }

    /** @param millis one of the boundaries */
    public long above(int millis) {
        int bar = LatencyBounds.MILLIS.indexOf(millis);
        if (bar < 0) {
            throw new IllegalArgumentException(millis + " ms is no boundary");
        }
        return bars.subList(bar + 1, bars.size()).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * The time in milliseconds that a part of the answers does not exceed; between two boundaries as if answers were spread evenly,
     * and the last boundary for all above it. Empty without answers.
     *
     * @param part above 0, at most 1
     */
    public OptionalDouble quantile(double part) {
        double wanted = part * answers();
        double below = 0;
        for (int i = 0; wanted > 0 && i < LatencyBounds.MILLIS.size(); i++) {
            long here = bars.get(i);
            if (below + here >= wanted) {
                double from = i == 0 ? 0 : LatencyBounds.MILLIS.get(i - 1);
                return OptionalDouble.of(from + (LatencyBounds.MILLIS.get(i) - from) * (wanted - below) / here);
            }
            below += here;
        }
        return wanted > 0
                ? OptionalDouble.of(LatencyBounds.MILLIS.get(LatencyBounds.MILLIS.size() - 1))
                : OptionalDouble.empty();
    }
}
