package io.signalbox.routing;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What to do with a request. {@code virtualHost} and {@code route} are the names in the configuration; a route
 * without a name has the empty one.
 */
public sealed interface Decision {
    /** What the filters of the listener are told by the route; nothing where no route is. */
    default FilterConfigs filters() {
        return FilterConfigs.NONE;
    }

    /**
     * Send it to a cluster. Whether the cluster exists is not known here: where it does not, Envoy answers
     * {@code clusterNotFoundStatus} itself.
     *
     * <p>The order of Envoy: the changes to the request's headers, then its new authority and path, then the hash of what
     * has become of it, which picks a host.
     *
     * @param cluster may be empty: a {@code cluster_header} that the request lacks
     * @param subset labels that the host must have, where the cluster chooses hosts by labels; empty for none
     * @param path the path and query to send in place of the request's, when the route rewrites it
     * @param authority the Host or {@code :authority} to send in place of the request's, when the route rewrites it and no
     *     header says how; see {@link #authority(RequestView)}
     * @param requestHeaders what changes about the request's headers, besides the above
     * @param responseHeaders what changes about the response's headers
     * @param forwarding how to carry it out: timeouts, retries, what to hash
     * @param filters what the filters of the listener are told
     */
    record Forward(
            String cluster,
            String virtualHost,
            String route,
            Map<String, String> subset,
            Optional<String> path,
            Optional<String> authority,
            HeaderChanges requestHeaders,
            HeaderChanges responseHeaders,
            Forwarding forwarding,
            FilterConfigs filters)
            implements Decision {
        /**
         * The Host or {@code :authority} to send in place of the request's, when the route rewrites it.
         *
         * @param changed the request with the changes to its headers made: one of them may say it
         */
        public Optional<String> authority(RequestView changed) {
            return forwarding
                    .hostFromHeader()
                    .map(name -> HeaderName.of(name).first(changed))
                    .filter(value -> !value.isEmpty())
                    .or(() -> authority);
        }

        /** From the end of the request to the end of the response; zero means none. */
        public Duration timeout() {
            return forwarding.timeout();
        }

        /** 503 unless configured. */
        public int clusterNotFoundStatus() {
            return forwarding.clusterNotFoundStatus();
        }
    }

    /**
     * Answer with this status and a {@code location} header; no body.
     *
     * @param path what the request's path becomes before the answer is made, for those that tell of it; Envoy rewrites it for
     *     redirects with a prefix or an expression, too
     */
    record Redirect(
            int status,
            String location,
            Optional<String> path,
            String virtualHost,
            String route,
            HeaderChanges responseHeaders,
            FilterConfigs filters)
            implements Decision {}

    /** Answer with this status and body; Envoy labels a body {@code text/plain}. */
    record Respond(
            int status,
            Optional<Body> body,
            String virtualHost,
            String route,
            HeaderChanges responseHeaders,
            FilterConfigs filters)
            implements Decision {}

    /** No virtual host is for this authority: 404. */
    record NoVirtualHost() implements Decision {}

    /** The virtual host has no route for this request: 404. */
    record NoRoute(String virtualHost) implements Decision {}
}
