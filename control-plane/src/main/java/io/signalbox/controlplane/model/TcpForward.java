package io.signalbox.controlplane.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where connections go whose bytes are passed on as they are. Envoy: {@code TcpProxy}.
 *
 * @param pools one of these; the weights' sum is above 0
 * @param idleTimeout after how long without a byte either way a connection is closed; zero for never
 * @param connectAttempts how many servers are tried, one after the other, before the client's connection is closed
 * @param bySourceIp whether pools that choose by hash choose by the client's address; else by chance
 */
public record TcpForward(List<Arm> pools, Duration idleTimeout, int connectAttempts, boolean bySourceIp) {
    public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofHours(1);

    public TcpForward {
        pools = List.copyOf(pools);
    }

    /** All else as usual. */
    public TcpForward(List<Arm> pools) {
        this(pools, DEFAULT_IDLE_TIMEOUT, 1, false);
    }

    /**
     * @param weight its share of the connections against the other weights; 0 takes no new one
     * @param subset labels that a server must have; none for any server of the pool
     */
    public record Arm(String pool, int weight, Labels subset) {
        public Arm(String pool, int weight) {
            this(pool, weight, Labels.NONE);
        }
    }

    /** Every pool that a connection may go to, also those with weight 0. */
    public List<String> poolNames() {
        return pools.stream().map(Arm::pool).distinct().toList();
    }

    /** Whether there is nothing to say but the pool. In JSON {@code pool} in place of {@code pools}. */
    public boolean isOfOnePool() {
        return pools.size() == 1 && pools.get(0).equals(new Arm(pools.get(0).pool(), 1));
    }

    /** @param at where it stands in the spec of its listener */
    List<Reference> references(String at) {
        if (isOfOnePool()) {
            return List.of(new Reference(
                    at + ".pool", new ResourceKey(Kind.POOL, pools.get(0).pool())));
        }
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < pools.size(); i++) {
            references.add(new Reference(
                    at + ".pools[" + i + "].pool",
                    new ResourceKey(Kind.POOL, pools.get(i).pool())));
        }
        return references;
    }
}
