package io.signalbox.controlplane.load;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * What this control plane was told, added up until it is stored. Any thread; one lock guards it and is held for short.
 *
 * <p>It hands out sums, not differences, so to write them once more does no harm. A sum is kept here until no report can
 * add to it any more, and as long as it could not be written; but after {@link #PATIENCE} it is given up, so that a
 * database that stays away does not fill the memory.
 */
public final class Ledger {
    /** For so long nothing is lost when the database is away. */
    public static final Duration PATIENCE = Duration.ofMinutes(15);

    /** Longer than the longest report; a minute's sum is kept for so long after its end. */
    private static final Duration GROWING = LoadReport.LONGEST.plusMinutes(1);

    private final Sums<PoolSecond, Counts> seconds = new Sums<>(Counts::plus);
    private final Sums<NodeMinute, NodeMinute.Load> minutes = new Sums<>(NodeMinute.Load::plus);
    private final Reporters reporters = new Reporters();

    public synchronized void add(LoadReport report) {
        reporters.heard(report.node(), report.arrival());
        for (LoadReport.OfPool pool : report.pools()) {
            add(report, pool);
        }
    }

    private void add(LoadReport report, LoadReport.OfPool pool) {
        Spread.overSeconds(report.arrival(), pool.covered(), pool.counts()).forEach((second, counts) -> {
            seconds.add(new PoolSecond(pool.pool(), second), counts);
            minutes.add(minute(pool.pool(), second, report.node()), new NodeMinute.Load(counts, 0));
        });
        if (pool.inProgress() > 0) {
            minutes.add(
                    minute(pool.pool(), report.arrival(), report.node()),
                    new NodeMinute.Load(Counts.ZERO, pool.inProgress()));
        }
    }

    private static NodeMinute minute(String pool, Instant at, String node) {
        return new NodeMinute(pool, at.truncatedTo(ChronoUnit.MINUTES), node);
    }

    public synchronized Map<PoolSecond, Counts> unwrittenSeconds(int limit) {
        return seconds.unwritten(limit);
    }

    public synchronized void secondsWritten(Map<PoolSecond, Counts> batch) {
        seconds.written(batch);
    }

    public synchronized Map<NodeMinute, NodeMinute.Load> unwrittenMinutes(int limit) {
        return minutes.unwritten(limit);
    }

    public synchronized void minutesWritten(Map<NodeMinute, NodeMinute.Load> batch) {
        minutes.written(batch);
    }

    /** The proxies that reported here, in the order of their ids. */
    public synchronized List<Reporter> reporters() {
        return reporters.list();
    }

    /**
     * Forgets what is stored and cannot grow any more, and what could not be stored for too long.
     *
     * @param reportersSince who reported last before it is forgotten as well
     * @return how many sums were lost
     */
    public synchronized int forget(Instant now, Instant reportersSince) {
        reporters.forgetBefore(reportersSince);
        Instant settled = now.minus(GROWING);
        seconds.forgetWritten(second -> second.start().isBefore(settled));
        minutes.forgetWritten(
                minute -> minute.start().plus(1, ChronoUnit.MINUTES).isBefore(settled));
        Instant oldest = now.minus(PATIENCE);
        return seconds.forget(second -> second.start().isBefore(oldest))
                + minutes.forget(
                        minute -> minute.start().plus(1, ChronoUnit.MINUTES).isBefore(oldest));
    }
}
