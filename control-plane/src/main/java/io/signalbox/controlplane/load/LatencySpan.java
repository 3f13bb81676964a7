package io.signalbox.controlplane.load;

import java.time.Duration;
import java.time.Instant;

/** Some seconds, or a minute, of one pool, over all proxies. */
public record LatencySpan(String pool, Instant start, Duration length) {
    /** As long as proxies usually collect before they tell. */
    public static final Duration SHORT = Duration.ofSeconds(5);

    public static final Duration MINUTE = Duration.ofMinutes(1);

    Instant end() {
        return start.plus(length);
    }
}
