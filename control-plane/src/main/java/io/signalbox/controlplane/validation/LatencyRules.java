package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.load.LatencyBounds;
import io.signalbox.controlplane.model.LatencyRule;
import java.time.Duration;
import java.util.List;

/** How slow a canary may be. Of how long answers took only this much is known: between which boundaries it lies. */
final class LatencyRules {
    private LatencyRules() {}

    static void check(LatencyRule rule, Findings findings) {
        List<Duration> bounds =
                LatencyBounds.MILLIS.stream().map(Duration::ofMillis).toList();
        if (!bounds.contains(rule.slow())) {
            findings.at("slow").add(DurationRules.text(rule.slow()), expected(rule.slow(), bounds));
        }
    }

    private static String expected(Duration slow, List<Duration> bounds) {
        int above = 0;
        while (above < bounds.size() && bounds.get(above).compareTo(slow) < 0) {
            above++;
        }
        String boundary = ", a boundary between which latencies are told apart";
        if (above == 0) {
            return DurationRules.text(bounds.get(0)) + " or more" + boundary;
        }
        return above == bounds.size()
                ? DurationRules.text(bounds.get(above - 1)) + " or less" + boundary
                : DurationRules.text(bounds.get(above - 1)) + " or " + DurationRules.text(bounds.get(above)) + boundary;
    }
}
