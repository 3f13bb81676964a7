package io.signalbox.dataplane.stats;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is counted of one cluster. Any thread; counting waits for nobody. Names are those below {@code cluster.NAME.}: they are made
 * when they are first asked for, and go when the cluster goes, so there must not be endlessly many of them.
 */
public final class ClusterStats {
    private static final String REQUEST_TIME = "upstream_rq_time";

    private final String prefix;
    private final HistogramBounds bounds;
    private final ConcurrentMap<String, LongAdder> counters = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Histogram> histograms = new ConcurrentHashMap<>();
    private final Histogram requestTime;

    ClusterStats(String cluster, HistogramBounds bounds) {
        this.prefix = "cluster." + cluster + ".";
        this.bounds = bounds;
        this.requestTime = histogram(REQUEST_TIME);
    }

    /**
     * How long answers take, in milliseconds: from the end of the request to the end of the answer, over all its tries. Answers that
     * do not come whole, and those that end before their request, are not in it.
     */
    public Histogram requestTime() {
        return requestTime;
    }

    public Histogram histogram(String name) {
        return histograms.computeIfAbsent(name, key -> new Histogram(bounds.of(prefix + key)));
    }

    public LongAdder counter(String name) {
        return counters.computeIfAbsent(name, key -> new LongAdder());
    }

    /**
     * What happened since it was last taken.
     *
     * @param counters by their whole names, only those that grew
     * @param histograms by their whole names, only those that have values
     */
    public record Taken(Map<String, Long> counters, Map<String, Histogram.Values> histograms) {}

    public Taken take() {
        Map<String, Long> grown = new TreeMap<>();
        counters.forEach((name, counter) -> {
            long delta = counter.sumThenReset();
            if (delta > 0) {
                grown.put(prefix + name, delta);
            }
        });
        Map<String, Histogram.Values> filled = new TreeMap<>();
        histograms.forEach((name, histogram) -> {
            Histogram.Values values = histogram.take();
            if (values.count() > 0) {
                filled.put(prefix + name, values);
            }
        });
        return new Taken(grown, filled);
    }
}
