package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.judge.Interval;
import io.signalbox.controlplane.judge.Outcomes;
import io.signalbox.controlplane.load.Counts;
import io.signalbox.controlplane.load.LoadHistory;
import io.signalbox.controlplane.load.Reporter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Load as the proxies' reports tell of it. Any thread. */
public final class ReportedLoad implements LoadView {
    /** Proxies report each second. */
    static final Duration SILENCE = Duration.ofSeconds(5);

    /** Proxies come and go with the load; one that is silent for so long is taken to have gone. */
    static final Duration GONE = Duration.ofMinutes(5);

    /** How long after its end a bucket is taken for complete. A report that comes later yet is in the sums of the next look. */
    static final Duration SETTLED = Duration.ofSeconds(1);

    private final LoadHistory history;
    private final InstantSource time;

    public ReportedLoad(LoadHistory history, InstantSource time) {
        this.history = history;
        this.time = time;
    }

    @Override
    public Observation observe(String stable, String canary, Instant since) {
        Instant now = time.instant();
        Instant settled = now.minus(SETTLED);
        List<Interval> intervals = history.buckets(Set.of(stable, canary), since).stream()
                .filter(bucket -> !bucket.start().plus(bucket.length()).isAfter(settled))
                .map(bucket -> new Interval(outcomes(bucket.of(canary)), outcomes(bucket.of(stable))))
                .toList();
        List<Silent> silent = history.reporters().stream()
                .filter(reporter -> isSilent(reporter, SILENCE, since, now))
                .map(reporter -> new Silent(reporter.node(), reporter.lastReport()))
                .toList();
        return new Observation(intervals, silent);
    }

    /** Whoever was silent before already is taken to be gone: somebody has decided to go on without it. */
    static boolean isSilent(Reporter reporter, Duration silence, Instant since, Instant now) {
        Instant last = reporter.lastReport();
        return last.isAfter(since.minus(silence)) && last.isBefore(now.minus(silence)) && last.isAfter(now.minus(GONE));
    }

    private static Outcomes outcomes(Counts counts) {
        return new Outcomes(counts.requests(), counts.errors());
    }
}
