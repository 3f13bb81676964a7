package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Policy;
import io.signalbox.controlplane.model.RouteSpec;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

final class RouteRules {
    private RouteRules() {}

    static void check(RouteSpec route, Instant now, Findings findings) {
        if (route.isExpired(now)) {
            findings.at("expiresAt")
                    .add(Findings.quote(route.expiresAt().orElseThrow().toString()), "a time to come");
        }
        checkHosts(route.hosts(), findings);
        MatchRules.check(route.match(), findings.at("match"));
        HeaderRules.check(route.headers(), findings);
        PolicyRules.check(route.policies(), findings);
        checkBodyLimit(route, findings);
        TunnelRules.check(route, findings);
        ActionRules.check(route.action(), route.match().path(), findings.at("action"));
    }

    private static void checkBodyLimit(RouteSpec route, Findings findings) {
        boolean limited = route.policies().maxRequestBody().orElse(null) instanceof Policy.On;
        if (limited
                && route.action() instanceof Action.Forward forward
                && !forward.upgrades().isEmpty()) {
            findings.at("maxRequestBody")
                    .add(
                            "a limit, and action.forward.upgrades",
                            "none beside upgrades, whose bytes have no end to wait for");
        }
    }

    /** The schema sees to different spellings only; {@code Shop.example.com} and {@code shop.example.com} are one host. */
    static void checkHosts(List<String> hosts, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < hosts.size(); i++) {
            if (!seen.add(hosts.get(i))) {
                findings.at("hosts", i).add(Findings.quote(hosts.get(i)) + " again", "each host once");
            }
        }
    }
}
