package io.signalbox.controlplane.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of a request that a route takes. In JSON one key of {@code forward}, {@code redirect}, {@code respond}. */
public sealed interface Action {
    /** The upgrade of requests with this method, which are for tunnels. */
    String CONNECT = "connect";

    /**
     * To a server of a pool.
     *
     * @param hash what a server is chosen by in pools that choose by hash; empty for by chance
     * @param upgrades protocols, lower case, that clients may go over to; others are answered 403
     */
    record Forward(Destination to, List<HashPolicy> hash, Rewrite rewrite, Delivery delivery, List<String> upgrades)
            implements Action {
        public Forward {
            hash = List.copyOf(hash);
            upgrades = List.copyOf(upgrades);
        }

        public Forward(Destination to, List<HashPolicy> hash, Rewrite rewrite) {
            this(to, hash, rewrite, Delivery.USUAL, List.of());
        }

        public Forward(List<WeightedPool> pools, List<HashPolicy> hash) {
            this(new Destination.Pools(pools), hash, Rewrite.NONE);
        }

        /** All else as usual. */
        public Forward(List<WeightedPool> pools) {
            this(pools, List.of());
        }

        /** Whether its requests are for tunnels: {@code CONNECT}. */
        public boolean tunnels() {
            return upgrades.contains(CONNECT);
        }

        /** Every pool that a request may go to, also those with weight 0. */
        public List<WeightedPool> pools() {
            return to.pools();
        }

        /** The same, to these pools. */
        public Forward withPools(List<WeightedPool> others) {
            return new Forward(new Destination.Pools(others), hash, rewrite, delivery, upgrades);
        }

        public List<String> poolNames() {
            return to.pools().stream().map(WeightedPool::pool).toList();
        }

        /** Also those that get copies. */
        public List<String> allPoolNames() {
            return Stream.concat(
                            poolNames().stream(), delivery.mirrors().stream().map(Delivery.Mirror::pool))
                    .distinct()
                    .toList();
        }
    }

    /** Which pool. In JSON one key of {@code pools}, {@code poolFromHeader}. */
    sealed interface Destination {
        List<WeightedPool> pools();

        /** One of these; the weights' sum is above 0. */
        record Pools(List<WeightedPool> pools) implements Destination {
            public Pools {
                pools = List.copyOf(pools);
            }
        }

        /**
         * The one that the first line of a header names. A request whose header has anything but these is answered 503.
         *
         * @param header lower case
         */
        record FromHeader(String header, List<String> names) implements Destination {
            public FromHeader {
                names = List.copyOf(names);
            }

            @Override
            public List<WeightedPool> pools() {
                return names.stream().map(name -> new WeightedPool(name, 1)).toList();
            }
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

        /** The same, to another pool. */
        public WeightedPool withPool(String other) {
            return new WeightedPool(other, weight, headers, subset);
        }

        public WeightedPool withWeight(int other) {
            return new WeightedPool(pool, other, headers, subset);
        }

        /** With more changes of headers, which have the last word. */
        public WeightedPool edited(HeaderEdits more) {
            return new WeightedPool(pool, weight, headers.and(more), subset);
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
     * @param regex replaces what an expression matches in the path
     * @param status 301, 302, 303, 307 or 308
     */
    record Redirect(
            Optional<String> scheme,
            Optional<String> host,
            Optional<Integer> port,
            Optional<String> path,
            Optional<String> prefix,
            Optional<Rewrite.Path.Regex> regex,
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
