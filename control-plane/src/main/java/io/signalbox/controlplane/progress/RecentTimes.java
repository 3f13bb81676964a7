package io.signalbox.controlplane.progress;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Keeps what was observed for two seconds: proxies tell latencies every five, and a step's are some hundred rows, which need not be read
 * with every look at every canary. Any thread.
 */
public final class RecentTimes implements LatencyWatch {
    static final Duration KEPT = Duration.ofSeconds(2);

    private final LatencyWatch source;
    private final InstantSource time;
    private final ConcurrentMap<Asked, Known> known = new ConcurrentHashMap<>();

    public RecentTimes(LatencyWatch source, InstantSource time) {
        this.source = source;
        this.time = time;
    }

    private record Asked(String stable, String canary, Instant since) {}

    private record Known(Instant at, Times times) {}

    @Override
    public Times observe(String stable, String canary, Instant since) {
        Instant oldest = time.instant().minus(KEPT);
        Asked asked = new Asked(stable, canary, since);
        Known recent = known.get(asked);
        if (recent != null && recent.at.isAfter(oldest)) {
            return recent.times;
        }
        known.values().removeIf(each -> !each.at.isAfter(oldest));
        Times times = source.observe(stable, canary, since);
        known.put(asked, new Known(time.instant(), times));
        return times;
    }
}
