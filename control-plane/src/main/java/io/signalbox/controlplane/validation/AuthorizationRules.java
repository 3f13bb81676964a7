package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Authorization;
import java.time.Duration;
import java.util.List;

/** Who is asked whether requests may pass, and what is passed on. */
final class AuthorizationRules {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private AuthorizationRules() {}

    static void check(Authorization authorization, Findings findings) {
        DurationRules.check(authorization.timeout(), LONGEST, findings.at("timeout"));
        check(authorization.headers().ofRequest(), "requestHeaders", findings);
        check(authorization.headers().toUpstream(), "upstreamHeaders", findings);
        check(authorization.headers().toClient(), "clientHeaders", findings);
    }

    private static void check(List<String> names, String field, Findings findings) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (HeaderRules.isOfConnection(name)) {
                findings.at(field, i).add(Findings.quote(name), HeaderRules.TO_BE_PASSED_ON);
            } else if (names.indexOf(name) < i) {
                findings.at(field, i).add(Findings.quote(name) + " for the second time", "each item once");
            }
        }
    }
}
