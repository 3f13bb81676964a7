package io.signalbox.controlplane.model;

import java.util.Optional;

/** How a pool chooses among its endpoints. Envoy: {@code Cluster.lb_policy}. */
public sealed interface LoadBalancing {
    /** Each endpoint in turn, as often as its weight says. */
    record RoundRobin(Optional<SlowStart> slowStart) implements LoadBalancing {
        public RoundRobin() {
            this(Optional.empty());
        }
    }

    /**
     * The one with fewest requests under way, of some chosen at random.
     *
     * @param choices how many, 2 to 100; empty for Envoy's default, 2. Endpoints of unequal weights are not chosen so:
     *     they come in turn by weight, divided by the requests they have under way
     */
    record LeastRequest(Optional<Integer> choices, Optional<SlowStart> slowStart) implements LoadBalancing {
        public LeastRequest() {
            this(Optional.empty(), Optional.empty());
        }
    }

    /** Any, weights or not. */
    record Random() implements LoadBalancing {}
}
