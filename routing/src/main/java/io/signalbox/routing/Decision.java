package io.signalbox.routing;

import java.time.Duration;
import java.util.Optional;

/**
 * What to do with a request. {@code virtualHost} and {@code route} are the names in the configuration; a route
 * without a name has the empty one.
 */
public sealed interface Decision {
    /**
     * Send it to a cluster. Whether the cluster exists is not known here: where it does not, Envoy answers
     * {@code clusterNotFoundStatus} itself.
     *
     * @param cluster may be empty: a {@code cluster_header} that the request lacks
     * @param path the path and query to send in place of the request's, when the route rewrites it
     * @param authority the Host or {@code :authority} to send in place of the request's, when the route rewrites it
     * @param timeout from the end of the request to the end of the response; zero means none
     * @param clusterNotFoundStatus 503 unless configured
     */
    record Forward(
            String cluster,
            String virtualHost,
            String route,
            Optional<String> path,
            Optional<String> authority,
            Duration timeout,
            int clusterNotFoundStatus)
            implements Decision {}

    /** Answer with this status and a {@code location} header; no body. */
    record Redirect(int status, String location, String virtualHost, String route) implements Decision {}

    /** Answer with this status and body; Envoy labels a body {@code text/plain}. */
    record Respond(int status, Optional<Body> body, String virtualHost, String route) implements Decision {}

    /** No virtual host is for this authority: 404. */
    record NoVirtualHost() implements Decision {}

    /** The virtual host has no route for this request: 404. */
    record NoRoute(String virtualHost) implements Decision {}
}
