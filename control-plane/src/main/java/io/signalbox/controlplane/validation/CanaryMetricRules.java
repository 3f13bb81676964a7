package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.CanaryMetric;
import io.signalbox.controlplane.model.CanaryMetric.ThresholdRange;
import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.QueryTemplate.Variable;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a Prometheus is asked about a canary. Whether the query is one that it understands only it can tell. */
final class CanaryMetricRules {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String VARIABLES = Arrays.stream(Variable.values())
            .map(variable -> "{{ " + variable.word() + " }}")
            .collect(Collectors.joining(", "));

    private CanaryMetricRules() {}

    static void check(CanarySpec canary, Findings findings) {
        List<CanaryMetric> metrics = canary.analysis().metrics();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < metrics.size(); i++) {
            Findings where = findings.at("metrics", i);
            if (!names.add(metrics.get(i).name())) {
                where.at("name").add(Findings.quote(metrics.get(i).name()), "a name that no other metric of it has");
            }
            check(metrics.get(i), canary, where);
        }
    }

    private static void check(CanaryMetric metric, CanarySpec canary, Findings findings) {
        if (metric.query().text().isBlank()) {
            findings.at("query").add("nothing", "a query in PromQL");
        }
        metric.query()
                .unknown()
                .forEach(place -> findings.at("query").add(Findings.shorten(place), "one of " + VARIABLES));
        checkRange(metric.thresholdRange(), findings.at("thresholdRange"));
        checkInterval(metric.interval(), canary, findings.at("interval"));
    }

    private static void checkRange(ThresholdRange range, Findings findings) {
        range.min()
                .ifPresent(min -> range.max()
                        .filter(max -> max < min)
                        .ifPresent(
                                max -> findings.add("from " + min + " to " + max, "a max that is not below the min")));
    }

    /** It is asked for the first time after an interval; until then no step passes. */
    private static void checkInterval(Duration interval, CanarySpec canary, Findings findings) {
        Duration step = canary.pace().bake().plus(canary.analysis().maximumWait());
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            findings.add(DurationRules.text(interval), "a duration from 1s to 1h");
        } else if (interval.compareTo(step) >= 0) {
            findings.add(
                    DurationRules.text(interval),
                    "less than bake and maximumWait together, " + DurationRules.text(step) + ", as no step could pass");
        }
    }
}
