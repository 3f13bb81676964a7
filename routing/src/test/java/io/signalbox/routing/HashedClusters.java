package io.signalbox.routing;

import com.google.protobuf.UInt32Value;
import com.google.protobuf.UInt64Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.signalbox.routing.balance.HashTable;
import io.signalbox.routing.balance.HashedHost;
import io.signalbox.routing.balance.Maglev;
import io.signalbox.routing.balance.RingHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A cluster for both sides: hosts on Unix sockets, and a table. */
record HashedClusters(String name, List<Integer> weights, Table table, boolean ownKeys) {
    sealed interface Table {}

    record Ring(long minimum, long maximum) implements Table {}

    record MaglevOf(int size) implements Table {}

    static Path socket(Path directory, int host) {
        return directory.resolve("host" + host + ".sock");
    }

    private String key(Path directory, int host) {
        return ownKeys ? "10.0.0." + host + ":8080" : socket(directory, host).toString();
    }

    HashTable library(Path directory) {
        List<HashedHost> hosts = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            hosts.add(new HashedHost(key(directory, i), weights.get(i)));
        }
        return table instanceof Ring ring
                ? RingHash.of(hosts, ring.minimum(), ring.maximum())
                : Maglev.of(hosts, ((MaglevOf) table).size());
    }

    Cluster envoy(Path directory) {
        Cluster.Builder cluster = RealEnvoy.cluster(name, socket(directory, 0)).toBuilder();
        LocalityLbEndpoints.Builder endpoints =
                cluster.getLoadAssignmentBuilder().getEndpointsBuilder(0).clearLbEndpoints();
        for (int i = 0; i < weights.size(); i++) {
            endpoints.addLbEndpoints(endpoint(directory, i));
        }
        if (table instanceof Ring ring) {
            cluster.setLbPolicy(Cluster.LbPolicy.RING_HASH)
                    .getRingHashLbConfigBuilder()
                    .setMinimumRingSize(UInt64Value.of(ring.minimum()))
                    .setMaximumRingSize(UInt64Value.of(ring.maximum()));
        } else if (table instanceof MaglevOf maglev) {
            cluster.setLbPolicy(Cluster.LbPolicy.MAGLEV)
                    .getMaglevLbConfigBuilder()
                    .setTableSize(UInt64Value.of(maglev.size()));
        }
        return cluster.build();
    }

    private LbEndpoint endpoint(Path directory, int host) {
        LbEndpoint.Builder endpoint = LbEndpoint.newBuilder().setLoadBalancingWeight(UInt32Value.of(weights.get(host)));
        endpoint.getEndpointBuilder().setAddress(RealEnvoy.pipe(socket(directory, host)));
        if (ownKeys) {
            endpoint.getMetadataBuilder()
                    .putFilterMetadata(
                            "envoy.lb",
                            com.google.protobuf.Struct.newBuilder()
                                    .putFields(
                                            "hash_key",
                                            com.google.protobuf.Value.newBuilder()
                                                    .setStringValue(key(directory, host))
                                                    .build())
                                    .build());
        }
        return endpoint.build();
    }
}
