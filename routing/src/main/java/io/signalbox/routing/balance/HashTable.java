package io.signalbox.routing.balance;

import java.util.List;

/** Which host a hash leads to. Immutable; for any number of threads. */
public sealed interface HashTable permits RingHash, Maglev {
    /**
     * The index of the host in the list the table was made of. A request without a hash takes a random value instead.
     *
     * @param hash unsigned
     * @param attempt 0 for the first pick; a retry that should go elsewhere counts on (the same host may come again)
     */
    int pick(long hash, int attempt);

    /** The index of the host for the first pick. */
    default int pick(long hash) {
        return pick(hash, 0);
    }

    /** Each host's part of all weights; where several are asked for, in their order. */
    static double[] normalizedWeights(List<HashedHost> hosts) {
        long sum = hosts.stream().mapToLong(HashedHost::weight).sum();
        return hosts.stream().mapToDouble(host -> (double) host.weight() / sum).toArray();
    }
}
