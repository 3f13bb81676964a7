package io.signalbox.controlplane.progress;

import io.signalbox.controlplane.load.LatencyHistory;
import io.signalbox.controlplane.load.LoadHistory;
import io.signalbox.controlplane.load.Reporter;
import io.signalbox.controlplane.progress.LoadView.Silent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Latencies as the proxies tell them. They do so every some seconds, each at another moment: what happened at a time is known when
 * each of them has told once more after it. Any thread.
 */
public final class ReportedLatency implements LatencyWatch {
    /** Proxies usually tell every 5 seconds. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    private final LatencyHistory history;
    private final LoadHistory loads;
    private final InstantSource time;

    public ReportedLatency(LatencyHistory history, LoadHistory loads, InstantSource time) {
        this.history = history;
        this.loads = loads;
        this.time = time;
    }

    @Override
    public Times observe(String stable, String canary, Instant since) {
        Instant now = time.instant();
        // Before what they told is asked for, so that all of it is there.
        List<Reporter> tellers = history.latencyReporters();
        List<Reporter> heard = tellers.stream()
                .filter(teller -> !teller.lastReport().isBefore(now.minus(SILENCE)))
                .toList();
        Optional<Instant> complete = heard.stream().map(Reporter::lastReport).min(Instant::compareTo);
        List<Interval> intervals = history.latencies(Set.of(stable, canary), since).stream()
                .filter(bucket -> !bucket.end().isAfter(complete.orElse(now)))
                .map(bucket -> new Interval(bucket.of(canary), bucket.of(stable)))
                .toList();
        return new Times(intervals, !heard.isEmpty(), silent(tellers, since, now), untold(tellers, now));
    }

    private static List<Silent> silent(List<Reporter> tellers, Instant since, Instant now) {
        return tellers.stream()
                .filter(teller -> ReportedLoad.isSilent(teller, SILENCE, since, now))
                .map(teller -> new Silent(teller.node(), teller.lastReport()))
                .toList();
    }

    private List<String> untold(List<Reporter> tellers, Instant now) {
        Set<String> telling = tellers.stream().map(Reporter::node).collect(Collectors.toSet());
        return loads.reporters().stream()
                .filter(reporter -> !reporter.lastReport().isBefore(now.minus(ReportedLoad.SILENCE)))
                .map(Reporter::node)
                .filter(node -> !telling.contains(node))
                .toList();
    }
}
