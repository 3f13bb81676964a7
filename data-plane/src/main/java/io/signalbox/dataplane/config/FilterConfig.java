package io.signalbox.dataplane.config;

import io.signalbox.routing.TextCondition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one HTTP filter is told by a listener or by a route, compiled. What requests share, a bucket of tokens for instance,
 * lives as long as the config does, as in Envoy.
 */
public sealed interface FilterConfig {
    /** Of a route: the filter does nothing there. Envoy: {@code FilterConfig.disabled}, and {@code disabled} of some. */
    record Off() implements FilterConfig {}

    /** Of a route: the filter works there as the listener has it, even if it is switched off elsewhere. */
    record On() implements FilterConfig {}

    /**
     * Keeps a request back until it is complete. Envoy: {@code envoy.filters.http.buffer}.
     *
     * @param maxRequestBytes a body that is longer is answered 413
     */
    record Buffer(long maxRequestBytes) implements FilterConfig {}

    /**
     * Tells browsers which other origins may read answers. Envoy: {@code envoy.filters.http.cors}. What is empty is left to
     * the level around it.
     *
     * @param forwardsOthers whether preflights from other origins go on to the backend
     */
    record Cors(
            List<TextCondition> origins,
            String methods,
            String headers,
            String exposeHeaders,
            String maxAge,
            Optional<Boolean> credentials,
            Optional<Boolean> forwardsOthers)
            implements FilterConfig {
        public static final Cors NOTHING = new Cors(List.of(), "", "", "", "", Optional.empty(), Optional.empty());

        public Cors {
            origins = List.copyOf(origins);
        }

        /** As Envoy reads several levels: part by part, the narrowest that has it. */
        public Cors within(Cors outer) {
            return new Cors(
                    origins.isEmpty() ? outer.origins : origins,
                    methods.isEmpty() ? outer.methods : methods,
                    headers.isEmpty() ? outer.headers : headers,
                    exposeHeaders.isEmpty() ? outer.exposeHeaders : exposeHeaders,
                    maxAge.isEmpty() ? outer.maxAge : maxAge,
                    credentials.or(() -> outer.credentials),
                    forwardsOthers.or(() -> outer.forwardsOthers));
        }

        /** An origin {@code *} among the conditions is for every one, and so is what fits that text. */
        public boolean allows(String origin) {
            return origins.stream().anyMatch(condition -> condition.matches("*") || condition.matches(origin));
        }
    }

    /**
     * Refuses requests when a bucket of tokens is empty. Envoy: {@code envoy.filters.http.local_ratelimit}.
     *
     * @param announce whether answers say what is left
     */
    record RateLimit(TokenBucket bucket, int status, boolean announce) implements FilterConfig {}

    /** A rate limit without a bucket: nothing is counted. */
    record NoRateLimit() implements FilterConfig {}

    /**
     * Asks another server whether a request may pass. Envoy: {@code envoy.filters.http.ext_authz} with an HTTP service.
     *
     * @param cluster that is asked
     * @param pathPrefix in front of the request's path
     * @param timeout of the question; zero for none
     * @param failOpen whether requests pass while there is no answer
     * @param statusOnError of the answer to the client while there is none
     * @param requestHeaders lower-case names that the cluster is told beside those it always is
     * @param upstreamHeaders lower-case names that an answer of OK sets in the request
     * @param clientHeaders lower-case names that an answer of OK adds to the response
     */
    record Authorization(
            String cluster,
            String pathPrefix,
            Duration timeout,
            boolean failOpen,
            int statusOnError,
            Set<String> requestHeaders,
            Set<String> upstreamHeaders,
            Set<String> clientHeaders)
            implements FilterConfig {
        public Authorization {
            requestHeaders = Set.copyOf(requestHeaders);
            upstreamHeaders = Set.copyOf(upstreamHeaders);
            clientHeaders = Set.copyOf(clientHeaders);
        }
    }

    /**
     * Sets headers of requests. Envoy: {@code envoy.filters.http.header_mutation}.
     *
     * @param requestHeaders by lower-case name
     */
    record Headers(Map<String, String> requestHeaders) implements FilterConfig {
        public Headers {
            requestHeaders = Map.copyOf(requestHeaders);
        }
    }

    /**
     * Compresses answers in one way. Envoy: {@code envoy.filters.http.compressor}.
     *
     * @param chooseFirst whether it is taken of several encodings that a client wants equally
     * @param minimumSize in bytes, of answers that say their length
     * @param contentTypes lower case, without parameters
     */
    record Compressor(Encoding encoding, boolean chooseFirst, long minimumSize, Set<String> contentTypes)
            implements FilterConfig {
        public Compressor {
            contentTypes = Set.copyOf(contentTypes);
        }
    }
}
