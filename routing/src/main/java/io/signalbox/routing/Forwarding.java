package io.signalbox.routing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a route wants its requests carried out: the same for every request that takes it. Nothing here is decided by the
 * library; it is handed on. A duration of zero switches off what it limits.
 *
 * @param timeout from the end of the request to the end of the response
 * @param idleTimeout how long nothing may move; the listener's where it is empty
 * @param clusterNotFoundStatus what to answer when there is no such cluster
 * @param hash what a host is picked by, with ring hash and Maglev
 * @param hostFromHeader the name of the header that says which Host to send, see {@link Decision.Forward#authority}
 * @param autoHostRewrite whether the Host becomes the name of the host that is picked
 * @param appendForwardedHost whether a rewritten Host is kept in {@code x-forwarded-host}
 * @param mirrors clusters that get copies whose answers nobody waits for
 * @param upgrades by their name in lower case, whether they are allowed here; others as the listener says
 */
public record Forwarding(
        Duration timeout,
        Optional<Duration> idleTimeout,
        int clusterNotFoundStatus,
        HashPolicies hash,
        Optional<String> hostFromHeader,
        boolean autoHostRewrite,
        boolean appendForwardedHost,
        List<Mirror> mirrors,
        Optional<Retries> retries,
        Map<String, Boolean> upgrades,
        boolean highPriority) {
    public Forwarding {
        mirrors = List.copyOf(mirrors);
        upgrades = Map.copyOf(upgrades);
    }

    /**
     * A cluster that gets copies.
     *
     * @param cluster its name, or the name of the header that has it
     * @param numerator how many of {@code denominator} requests are copied
     */
    public record Mirror(Target cluster, long numerator, long denominator) {
        /** Whether this random value, unsigned, is one of those that are copied. */
        public boolean takes(long random) {
            return Long.remainderUnsigned(random, denominator) < numerator;
        }
    }

    /** Where copies go. */
    public sealed interface Target {
        record Cluster(String name) implements Target {}

        record Header(String lowerCaseName) implements Target {}
    }

    /**
     * When and how often a request is tried again.
     *
     * @param on Envoy's names for what is retried, of {@code x-envoy-retry-on} and {@code x-envoy-retry-grpc-on}
     * @param attempts tries after the first one
     * @param statuses what {@code retriable-status-codes} means
     * @param headers what {@code retriable-headers} means: an answer for which one holds
     * @param requestHeaders where there are any, requests for which none holds are not tried again
     * @param hostAttempts how often a host that was tried before is passed over for another
     * @param otherHosts whether hosts that were tried before are to be passed over
     */
    public record Retries(
            List<String> on,
            long attempts,
            Optional<Duration> perTryTimeout,
            Optional<Duration> perTryIdleTimeout,
            List<Integer> statuses,
            List<HeaderCondition> headers,
            List<HeaderCondition> requestHeaders,
            Duration baseInterval,
            Duration maxInterval,
            long hostAttempts,
            boolean otherHosts) {
        public Retries {
            on = List.copyOf(on);
            statuses = List.copyOf(statuses);
            headers = List.copyOf(headers);
            requestHeaders = List.copyOf(requestHeaders);
        }
    }
}
