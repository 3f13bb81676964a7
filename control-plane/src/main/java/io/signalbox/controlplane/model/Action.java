package io.signalbox.controlplane.model;

import java.util.List;
import java.util.Optional;

/** What becomes of a request that a route takes. In JSON one key of {@code forward}, {@code redirect}, {@code respond}. */
public sealed interface Action {
    /**
     * To a server of one of these pools; the weights' sum is above 0.
     *
     * @param hash what a server is chosen by in pools that choose by hash; empty for by chance
     */
    record Forward(List<WeightedPool> pools, List<HashPolicy> hash) implements Action {
        public Forward {
            pools = List.copyOf(pools);
            hash = List.copyOf(hash);
        }

        /** All else as usual. */
        public Forward(List<WeightedPool> pools) {
            this(pools, List.of());
        }
    }

    /**
     * @param weight its share of the requests against the other weights; 0 takes no new request
     * @param headers changed for this pool alone, before what the route changes
     * @param subset labels that a server must have; none for any server of the pool
     */
    record WeightedPool(String pool, int weight, HeaderEdits headers, Labels subset) {
        public WeightedPool(String pool, int weight, HeaderEdits headers) {
            this(pool, weight, headers, Labels.NONE);
        }

        /** All else as usual. */
        public WeightedPool(String pool, int weight) {
            this(pool, weight, HeaderEdits.NONE);
        }
    }

    /**
     * A redirect to the request's own URL with the given parts replaced. Envoy: {@code RedirectAction}.
     *
     * @param scheme {@code http} or {@code https}
     * @param path replaces path and, when it has a {@code ?}, the query
     * @param prefix replaces what the route's path prefix matched
     * @param status 301, 302, 303, 307 or 308
     */
    record Redirect(
            Optional<String> scheme,
            Optional<String> host,
            Optional<Integer> port,
            Optional<String> path,
            Optional<String> prefix,
            int status,
            boolean stripQuery)
            implements Action {}

    /**
     * An answer by the proxy itself.
     *
     * @param body at most 4096 bytes of UTF-8, Envoy's limit ({@code max_direct_response_body_size_bytes})
     */
    record Respond(int status, Optional<String> body) implements Action {}
}
