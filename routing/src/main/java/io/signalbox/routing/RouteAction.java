package io.signalbox.routing;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a route does with the requests it takes. A route stands in one virtual host. */
sealed interface RouteAction {
    Decision decide(Subject subject, String virtualHost, Route route);

    /** What is the same for all requests, so that a decision allocates nothing. Any thread may be the one to work it out. */
    final class Constant<T> {
        private volatile @Nullable T value;
    }

    record Forward(
            ClusterChoice cluster,
            PathRewrite path,
            HostRewrite host,
            Forwarding forwarding,
            Constant<Decision.Forward> constant)
            implements RouteAction {
        @Override
        public Decision decide(Subject subject, String virtualHost, Route route) {
            Decision.Forward known = constant.value;
            if (known != null) {
                return known;
            }
            Decision.Forward decided = decideAnew(subject, virtualHost, route);
            if (cluster instanceof ClusterChoice.Fixed && path == PathRewrite.NONE && host == HostRewrite.NONE) {
                constant.value = decided;
            }
            return decided;
        }

        private Decision.Forward decideAnew(Subject subject, String virtualHost, Route route) {
            ClusterChoice.Picked picked = cluster.pick(subject);
            return new Decision.Forward(
                    picked.cluster(),
                    virtualHost,
                    route.name(),
                    picked.arm().subset(),
                    path.rewrite(subject, route.path()),
                    host.rewrite(subject, picked.arm().authority()),
                    picked.arm().requestHeaders(),
                    picked.arm().responseHeaders(),
                    forwarding,
                    picked.arm().filters());
        }
    }

    record Redirect(int status, Location location, HeaderChanges headers) implements RouteAction {
        @Override
        public Decision decide(Subject subject, String virtualHost, Route route) {
            return new Decision.Redirect(
                    status,
                    location.of(subject, route.path()),
                    location.rewrite().rewrite(subject, route.path()),
                    virtualHost,
                    route.name(),
                    headers,
                    route.filters());
        }
    }

    record Respond(int status, Optional<Body> body, HeaderChanges headers) implements RouteAction {
        @Override
        public Decision decide(Subject subject, String virtualHost, Route route) {
            return new Decision.Respond(status, body, virtualHost, route.name(), headers, route.filters());
        }
    }
}
