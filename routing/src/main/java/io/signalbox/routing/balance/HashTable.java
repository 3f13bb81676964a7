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

    /**
     * A host whose part of the table is known already, as it is where localities have weights.
     *
     * @param key as of {@link HashedHost}
     * @param part above 0; all parts together are at most 1
     */
    record Share(String key, double part) {
        public Share {
            if (!(part > 0 && part <= 1)) {
                throw new IllegalArgumentException("a part of " + part + " (expected: above 0, at most 1)");
            }
        }
    }

    /** Each host's part of all weights. */
    static List<Share> shares(List<HashedHost> hosts) {
        long sum = hosts.stream().mapToLong(HashedHost::weight).sum();
        return hosts.stream()
                .map(host -> new Share(host.key(), (double) host.weight() / sum))
                .toList();
    }
}
