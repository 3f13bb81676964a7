package io.signalbox.routing;

import java.util.Map;
import java.util.Optional;

/** What a client sees of a decision; {@code virtualHost} and {@code route} are empty where nothing was found. */
record Answer(
        int status,
        String virtualHost,
        String route,
        Optional<String> cluster,
        Optional<String> location,
        String body,
        Optional<String> upstreamPath,
        Optional<String> upstreamAuthority) {

    static Answer read(int status, Map<String, String> headers, String body) {
        Optional<String> cluster = Optional.ofNullable(headers.get("x-cluster"));
        boolean found = headers.containsKey("x-vhost");
        return new Answer(
                status,
                headers.getOrDefault("x-vhost", ""),
                headers.getOrDefault("x-route", ""),
                cluster,
                Optional.ofNullable(headers.get("location")),
                cluster.isPresent() || !found ? "" : body,
                Optional.ofNullable(headers.get("x-up-path")),
                Optional.ofNullable(headers.get("x-up-host")));
    }

    /** What a client of Envoy would see if Envoy decided so. */
    static Answer of(Decision decision, Request request) {
        if (decision instanceof Decision.Forward to && !RealEnvoy.CLUSTERS.contains(to.cluster())) {
            return own(to.clusterNotFoundStatus(), to.virtualHost(), to.route(), Optional.empty(), "");
        }
        if (decision instanceof Decision.Forward to) {
            return new Answer(
                    200,
                    to.virtualHost(),
                    to.route(),
                    Optional.of(to.cluster()),
                    Optional.empty(),
                    "",
                    Optional.of(to.path().orElse(request.path())),
                    Optional.of(to.authority(request).orElse(request.authority())));
        }
        if (decision instanceof Decision.Redirect to) {
            // A redirect that the virtual host itself requires comes before any route, and without their headers.
            String virtualHost = to.route().isEmpty() ? "" : to.virtualHost();
            return own(to.status(), virtualHost, to.route(), Optional.of(to.location()), "");
        }
        if (decision instanceof Decision.Respond with) {
            return own(
                    with.status(),
                    with.virtualHost(),
                    with.route(),
                    Optional.empty(),
                    with.body().map(Body::toString).orElse(""));
        }
        return own(404, "", "", Optional.empty(), "");
    }

    private static Answer own(int status, String virtualHost, String route, Optional<String> location, String body) {
        return new Answer(
                status, virtualHost, route, Optional.empty(), location, body, Optional.empty(), Optional.empty());
    }
}
