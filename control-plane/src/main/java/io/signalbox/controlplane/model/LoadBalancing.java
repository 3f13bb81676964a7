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

    /**
     * The one that a request's hash falls to on a ring; without a hash any. Few requests move when endpoints change.
     *
     * @param minimumSize points of the ring at least; empty for Envoy's default, 1024
     * @param maximumSize at most; empty for Envoy's default, 8388608
     */
    record RingHash(Optional<Integer> minimumSize, Optional<Integer> maximumSize) implements LoadBalancing {
        public static final int USUAL_MINIMUM = 1024;
        public static final int USUAL_MAXIMUM = 8_388_608;
    }

    /**
     * As a ring, by a table: faster, more even, moves more requests when endpoints change.
     *
     * @param tableSize a prime; empty for Envoy's default, 65537
     */
    record Maglev(Optional<Integer> tableSize) implements LoadBalancing {}
}
