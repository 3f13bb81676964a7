package io.signalbox.dataplane.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often which values came. Any thread; recording waits for nobody. Envoy: {@code upstream_rq_time} and the like, of whole
 * milliseconds.
 *
 * <p>Envoy keeps values with two digits, and counts for a boundary all that are not above it so: 204 ms is 200 ms and counts as
 * up to 200 ms. (Envoy 1.36 does not count those that are just the boundary.)
 */
public final class Histogram {
    private final double[] bounds;
    /** For each boundary, and those above all. */
    private final LongAdder[] counts;

    private final LongAdder sum = new LongAdder();

    Histogram(double[] bounds) {
        this.bounds = bounds.clone();
        this.counts = new LongAdder[bounds.length + 1];
        Arrays.setAll(counts, i -> new LongAdder());
    }

    /** @param value not negative */
    public void record(long value) {
        int place = Arrays.binarySearch(bounds, twoDigits(value));
        counts[place < 0 ? -place - 1 : place].increment();
        sum.add(value);
    }

    private static long twoDigits(long value) {
        long unit = 1;
        while (value / unit >= 100) {
            unit *= 10;
        }
        return value - value % unit;
    }

    /**
     * What was recorded since it was last taken.
     *
     * @param cumulative for each boundary how many values are not above it
     * @param count of all values
     */
    public record Values(List<Double> bounds, List<Long> cumulative, long count, long sum) {
        public Values {
            bounds = List.copyOf(bounds);
            cumulative = List.copyOf(cumulative);
        }
    }

    Values take() {
        List<Long> cumulative = new ArrayList<>(bounds.length);
        long below = 0;
        for (int i = 0; i < bounds.length; i++) {
            below += counts[i].sumThenReset();
            cumulative.add(below);
        }
        long count = below + counts[bounds.length].sumThenReset();
        return new Values(Arrays.stream(bounds).boxed().toList(), cumulative, count, sum.sumThenReset());
    }
}
