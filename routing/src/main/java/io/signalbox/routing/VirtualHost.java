package io.signalbox.routing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The routes for some domains. */
record VirtualHost(String name, Matcher matcher, TlsRequirement tls, VirtualClusters virtualClusters) {
    enum TlsRequirement {
        NONE,
        /** Except for requests that a trusted hop calls internal. */
        EXTERNAL_ONLY,
        ALL
    }

    Decision decide(Subject subject) {
        if (mustTurnToTls(subject)) {
            // Unlike a redirect action this keeps even port 80.
            return new Decision.Redirect(
                    301,
                    "https://" + subject.request.authority() + subject.target,
                    Optional.empty(),
                    name,
                    "",
                    HeaderChanges.NONE,
                    FilterConfigs.NONE);
        }
        RouteSequence routes = matcher.find(subject);
        return routes == null ? new Decision.NoRoute(name) : routes.decide(subject, name);
    }

    private boolean mustTurnToTls(Subject subject) {
        if (tls == TlsRequirement.NONE || subject.forwardedProto().equals("https")) {
            return false;
        }
        @Nullable String internal = HeaderName.INTERNAL.first(subject.request);
        return tls == TlsRequirement.ALL || !"true".equals(internal);
    }
}
