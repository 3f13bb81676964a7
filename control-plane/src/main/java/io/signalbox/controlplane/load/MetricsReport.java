package io.signalbox.controlplane.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one proxy counted, under names, since it told last: of all that it counts what somebody {@link MetricsConsumer#wants}.
 *
 * @param arrival by our clock, as the proxy's may be wrong
 * @param covered the time up to the arrival in which it was counted; brought to 1 ms at least, 1 minute at most
 */
public record MetricsReport(
        String node, Instant arrival, Duration covered, List<Counter> counters, List<Histogram> histograms) {
    public MetricsReport {
        covered = LoadReport.bounded(covered);
        counters = List.copyOf(counters);
        histograms = List.copyOf(histograms);
    }

    /** @param delta how much it grew */
    public record Counter(String name, long delta) {}

    /** @param bars by ascending bounds; those without values may be left out */
    public record Histogram(String name, List<Bar> bars) {
        public Histogram {
            bars = List.copyOf(bars);
        }
    }

    /**
     * How many values lie above the bound before this one, and not above this one.
     *
     * @param upTo in the histogram's unit, milliseconds for times; infinite for those above all bounds
     */
    public record Bar(double upTo, long count) {}
}
