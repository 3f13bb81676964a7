package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Cors;
import io.signalbox.controlplane.model.Policies;
import io.signalbox.controlplane.model.Policy;
import io.signalbox.controlplane.model.RateLimit;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What is done to requests and answers beside routing. */
final class PolicyRules {
    private static final Duration DAY = Duration.ofDays(1);

    /** Envoy fills buckets no more often. */
    private static final Duration SHORTEST_FILL = Duration.ofMillis(50);

    private PolicyRules() {}

    static void check(Policies policies, Findings findings) {
        check(policies.cors(), PolicyRules::check, findings.at("cors"));
        check(policies.rateLimit(), PolicyRules::check, findings.at("rateLimit"));
    }

    private static <T> void check(Optional<Policy<T>> policy, BiConsumer<T, Findings> rule, Findings findings) {
        policy.ifPresent(said -> {
            if (said instanceof Policy.On<T> on) {
                rule.accept(on.settings(), findings);
            }
        });
    }

    private static void check(Cors cors, Findings findings) {
        for (int i = 0; i < cors.origins().size(); i++) {
            if (cors.origins().get(i) instanceof ValueMatch.Regex regex) {
                RegexRules.check(regex.regex(), findings.at("origins", i).at("regex"));
            }
        }
        cors.maxAge()
                .filter(age -> age.toMillisPart() != 0 || age.compareTo(DAY) > 0)
                .ifPresent(age -> findings.at("maxAge").add(age.toMillis() + "ms", "whole seconds, at most a day"));
    }

    static void check(RateLimit limit, Findings findings) {
        if (limit.per().compareTo(SHORTEST_FILL) < 0 || limit.per().compareTo(DAY) > 0) {
            findings.at("per").add(limit.per().toMillis() + "ms", "50ms to a day");
        }
    }
}
