package io.signalbox.controlplane.load;

import io.signalbox.controlplane.load.MetricsReport.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What this control plane was told of latencies, added up until it is stored. As {@link Ledger} does with load it hands out sums, keeps
 * them as long as they may grow or could not be written, and gives them up after {@link Ledger#PATIENCE}. Any thread; one lock
 * guards it and is held for short.
 */
public final class LatencyLedger implements MetricsConsumer {
    private static final String PREFIX = "cluster.";
    private static final String SUFFIX = ".upstream_rq_time";
    /** Longer than the longest report. */
    private static final Duration GROWING = LoadReport.LONGEST.plusMinutes(1);

    private final Predicate<String> isPool;
    private final Sums<LatencySpan, Latencies> shorts = new Sums<>(Latencies::plus);
    private final Sums<LatencySpan, Latencies> minutes = new Sums<>(Latencies::plus);
    private final Reporters reporters = new Reporters();

    /** @param isPool whether there is a pool of this name; what proxies measure of other clusters is left out */
    public LatencyLedger(Predicate<String> isPool) {
        this.isPool = isPool;
    }

    @Override
    public boolean wants(String name) {
        return name.endsWith(SUFFIX) && name.startsWith(PREFIX) && isPool.test(pool(name));
    }

    private static String pool(String name) {
        return name.substring(PREFIX.length(), Math.max(PREFIX.length(), name.length() - SUFFIX.length()));
    }

    @Override
    public synchronized void accept(MetricsReport report) {
        reporters.heard(report.node(), report.arrival());
        for (Histogram histogram : report.histograms()) {
            if (wants(histogram.name()) && !histogram.bars().isEmpty()) {
                add(report, pool(histogram.name()), Latencies.bars(histogram), LatencySpan.SHORT);
                add(report, pool(histogram.name()), Latencies.bars(histogram), LatencySpan.MINUTE);
            }
        }
    }

    private void add(MetricsReport report, String pool, long[] bars, Duration length) {
        Spread.over(report.arrival(), report.covered(), length, bars)
                .forEach(
                        (start, share) -> sums(length).add(new LatencySpan(pool, start, length), new Latencies(share)));
    }

    private Sums<LatencySpan, Latencies> sums(Duration length) {
        return length.equals(LatencySpan.MINUTE) ? minutes : shorts;
    }

    /** @param length of the spans: {@link LatencySpan#SHORT} or {@link LatencySpan#MINUTE} */
    public synchronized Map<LatencySpan, Latencies> unwritten(Duration length, int limit) {
        return sums(length).unwritten(limit);
    }

    public synchronized void written(Duration length, Map<LatencySpan, Latencies> batch) {
        sums(length).written(batch);
    }

    /** The proxies that told latencies here, in the order of their ids. */
    public synchronized List<Reporter> reporters() {
        return reporters.list();
    }

    /**
     * Forgets what is stored and cannot grow any more, and what could not be stored for too long.
     *
     * @param reportersSince who told last before it is forgotten as well
     * @return how many sums were lost
     */
    public synchronized int forget(Instant now, Instant reportersSince) {
        reporters.forgetBefore(reportersSince);
        Instant settled = now.minus(GROWING);
        Instant oldest = now.minus(Ledger.PATIENCE);
        int lost = 0;
        for (Sums<LatencySpan, Latencies> sums : List.of(shorts, minutes)) {
            sums.forgetWritten(span -> span.end().isBefore(settled));
            lost += sums.forget(span -> span.end().isBefore(oldest));
        }
        return lost;
    }
}
