package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.config.cluster.v3.Cluster.MaglevLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.RingHashLbConfig;
import io.signalbox.dataplane.config.ClusterConfig.LoadBalancing;
import io.signalbox.routing.balance.Maglev;
import io.signalbox.routing.balance.RingHash;
import java.math.BigInteger;

/** Load balancing by a hash of the request. */
final class HashTableParser {
    private static final long MAX_TABLE = 5_000_011;
    private static final int CERTAIN = 50;

    private HashTableParser() {}

    static LoadBalancing ring(RingHashLbConfig proto) throws InvalidResource {
        long minimum = proto.hasMinimumRingSize() ? proto.getMinimumRingSize().getValue() : RingHash.DEFAULT_MINIMUM;
        long maximum = proto.hasMaximumRingSize() ? proto.getMaximumRingSize().getValue() : RingHash.DEFAULT_MAXIMUM;
        if (proto.getHashFunction() != RingHashLbConfig.HashFunction.XX_HASH) {
            throw new InvalidResource("ring_hash_lb_config.hash_function: only XX_HASH is supported");
        }
        if (minimum < 1 || maximum < minimum || maximum > RingHash.DEFAULT_MAXIMUM) {
            throw new InvalidResource("ring_hash_lb_config: a ring of " + Long.toUnsignedString(minimum) + " to "
                    + Long.toUnsignedString(maximum) + " (expected: 1 to " + RingHash.DEFAULT_MAXIMUM + ")");
        }
        return new LoadBalancing.RingHash(minimum, maximum);
    }

    static LoadBalancing maglev(MaglevLbConfig proto) throws InvalidResource {
        long size = proto.hasTableSize() ? proto.getTableSize().getValue() : Maglev.DEFAULT_SIZE;
        if (size < 2 || size > MAX_TABLE || !BigInteger.valueOf(size).isProbablePrime(CERTAIN)) {
            throw new InvalidResource("maglev_lb_config.table_size: " + Long.toUnsignedString(size)
                    + " (expected: a prime up to " + MAX_TABLE + ")");
        }
        return new LoadBalancing.Maglev((int) size);
    }
}
