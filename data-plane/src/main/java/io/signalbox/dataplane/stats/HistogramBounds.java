package io.signalbox.dataplane.stats;

import io.signalbox.routing.TextCondition;
import java.util.List;

/**
 * Which boundaries the buckets of a histogram have: those of the first rule that fits its name, else Envoy's. Immutable. Envoy:
 * {@code StatsConfig.histogram_bucket_settings}.
 */
public final class HistogramBounds {
    /** Of times in milliseconds: Envoy's for every histogram. */
    public static final HistogramBounds DEFAULT = new HistogramBounds(List.of());

    private static final List<Double> ENVOYS = List.of(
            0.5, 1.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1e3, 2.5e3, 5e3, 1e4, 3e4, 6e4, 3e5, 6e5, 1.8e6,
            3.6e6);

    private final List<Rule> rules;

    public HistogramBounds(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** @param bounds in any order */
    public record Rule(TextCondition name, List<Double> bounds) {
        public Rule {
            bounds = bounds.stream().sorted().toList();
        }
    }

    /** @param name the whole one: {@code cluster.checkout.upstream_rq_time} */
    double[] of(String name) {
        return rules.stream()
                .filter(rule -> rule.name().matches(name))
                .findFirst()
                .map(Rule::bounds)
                .orElse(ENVOYS)
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
