package io.signalbox.controlplane.validation;

import java.time.Duration;

/** Durations that must be there to make sense: at least a millisecond. */
final class DurationRules {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private DurationRules() {}

    static void check(Duration duration, Duration longest, Findings findings) {
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(longest) > 0) {
            findings.add(text(duration), "a duration from 1ms to " + text(longest));
        }
    }

    static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }
}
