package io.signalbox.routing;

import java.util.Optional;

/** What a route does with the requests it takes. */
sealed interface RouteAction {
    Decision decide(Subject subject, String virtualHost, Route route);

    record Forward(ClusterChoice cluster, PathRewrite path, HostRewrite host, Forwarding forwarding)
            implements RouteAction {
        @Override
        public Decision decide(Subject subject, String virtualHost, Route route) {
            ClusterChoice.Picked picked = cluster.pick(subject);
            return new Decision.Forward(
                    picked.cluster(),
                    virtualHost,
                    route.name(),
                    path.rewrite(subject, route.path()),
                    host.rewrite(subject, picked.arm().authority()),
                    picked.arm().requestHeaders(),
                    picked.arm().responseHeaders(),
                    forwarding);
        }
    }

    record Redirect(int status, Location location, HeaderChanges headers) implements RouteAction {
        @Override
        public Decision decide(Subject subject, String virtualHost, Route route) {
            return new Decision.Redirect(
                    status, location.of(subject, route.path()), virtualHost, route.name(), headers);
        }
    }

    record Respond(int status, Optional<Body> body, HeaderChanges headers) implements RouteAction {
        @Override
        public Decision decide(Subject subject, String virtualHost, Route route) {
            return new Decision.Respond(status, body, virtualHost, route.name(), headers);
        }
    }
}
