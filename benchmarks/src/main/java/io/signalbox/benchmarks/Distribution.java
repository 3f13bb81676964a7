package io.signalbox.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Samples of a duration. */
record Distribution(long[] sortedNanos) {
    static Distribution of(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Distribution(sorted);
    }

    int size() {
        return sortedNanos.length;
    }

    /** The smallest sample that at least that share of the samples does not exceed, in milliseconds. */
    double millis(double percentile) {
        int rank = (int) Math.ceil(percentile / 100 * sortedNanos.length);
        return sortedNanos[Math.max(0, rank - 1)] / 1e6;
    }
}
