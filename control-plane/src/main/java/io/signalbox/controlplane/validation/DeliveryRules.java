package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Delivery;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Timeouts, retries and mirrors. */
final class DeliveryRules {
    static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private DeliveryRules() {}

    /** @param findings at the forward, of which all this is a part */
    static void check(Delivery delivery, Findings findings) {
        delivery.timeout()
                .filter(t -> !t.isZero())
                .ifPresent(t -> DurationRules.check(t, LONGEST, findings.at("timeout")));
        delivery.idleTimeout()
                .filter(t -> !t.isZero())
                .ifPresent(t -> DurationRules.check(t, LONGEST, findings.at("idleTimeout")));
        delivery.retry().ifPresent(retry -> check(retry, findings.at("retry")));
        checkMirrors(delivery.mirrors(), findings);
    }

    private static void check(Delivery.Retry retry, Findings findings) {
        if (retry.on().isEmpty()
                && retry.statuses().isEmpty()
                && retry.headers().isEmpty()) {
            findings.add("none of them", "at least one of on, statuses, headers: when to try again");
        }
        for (int i = 0; i < retry.headers().size(); i++) {
            MatchRules.check(retry.headers().get(i), findings.at("headers", i));
        }
        for (int i = 0; i < retry.onlyRequestsWith().size(); i++) {
            MatchRules.check(retry.onlyRequestsWith().get(i), findings.at("onlyRequestsWith", i));
        }
        retry.perTryTimeout().ifPresent(t -> DurationRules.check(t, LONGEST, findings.at("perTryTimeout")));
        retry.backOff().ifPresent(backOff -> {
            Findings here = findings.at("backOff");
            DurationRules.check(backOff.base(), LONGEST_WAIT, here.at("base"));
            backOff.max().ifPresent(max -> {
                DurationRules.check(max, LONGEST_WAIT, here.at("max"));
                if (max.compareTo(backOff.base()) < 0) {
                    here.at("max")
                            .add(max.toMillis() + "ms, below " + backOff.base().toMillis() + "ms", "at least the base");
                }
            });
        });
    }

    private static void checkMirrors(List<Delivery.Mirror> mirrors, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < mirrors.size(); i++) {
            String pool = mirrors.get(i).pool();
            if (!seen.add(pool)) {
                findings.at("mirrors", i).at("pool").add(Findings.quote(pool) + " again", "each pool once");
            }
        }
    }
}
