package io.signalbox.controlplane.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Servers that are asked whether a request may pass. Envoy: {@code ext_authz} with an HTTP service.
 *
 * @param path in front of the request's path
 * @param timeout of the question
 * @param failOpen whether requests pass while no answer comes
 * @param statusOnError of the answer to the client while none comes
 * @param headers which are passed on
 * @param onDemand whether only those are asked about for which a route or virtual host says so
 */
public record Authorization(
        String pool,
        Optional<String> path,
        Duration timeout,
        boolean failOpen,
        int statusOnError,
        Headers headers,
        boolean onDemand) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(200);
    public static final int DEFAULT_STATUS = 403;

    /**
     * Names, in lower case.
     *
     * @param ofRequest of the request, that the servers are told
     * @param toUpstream of a 200, that are set in the request
     * @param toClient of a 200, that are added to the response
     */
    public record Headers(List<String> ofRequest, List<String> toUpstream, List<String> toClient) {
        public Headers {
            ofRequest = List.copyOf(ofRequest);
            toUpstream = List.copyOf(toUpstream);
            toClient = List.copyOf(toClient);
        }
    }
}
