package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.UInt32Value;
import com.google.protobuf.UInt64Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.RuntimeDouble;
import io.envoyproxy.envoy.type.v3.Percent;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.LoadBalancing.LeastRequest;
import io.signalbox.controlplane.model.LoadBalancing.Maglev;
import io.signalbox.controlplane.model.LoadBalancing.RingHash;
import io.signalbox.controlplane.model.LoadBalancing.RoundRobin;
import io.signalbox.controlplane.model.SlowStart;

/**
 * A pool's load balancing as a cluster says it: by {@code lb_policy}, which all our releases know, and not by the longer
 * {@code load_balancing_policy}.
 */
final class LoadBalancers {
    /** Envoy demands one, so that the value can be changed in a running proxy. */
    private static final String AGGRESSION = "signalbox.slow_start_aggression";

    private LoadBalancers() {}

    static void add(LoadBalancing policy, Cluster.Builder cluster) {
        if (policy instanceof RoundRobin roundRobin) {
            cluster.setLbPolicy(Cluster.LbPolicy.ROUND_ROBIN);
            roundRobin
                    .slowStart()
                    .ifPresent(start -> cluster.getRoundRobinLbConfigBuilder().setSlowStartConfig(slowStart(start)));
        } else if (policy instanceof LeastRequest leastRequest) {
            cluster.setLbPolicy(Cluster.LbPolicy.LEAST_REQUEST);
            leastRequest
                    .choices()
                    .ifPresent(choices ->
                            cluster.getLeastRequestLbConfigBuilder().setChoiceCount(UInt32Value.of(choices)));
            leastRequest
                    .slowStart()
                    .ifPresent(start -> cluster.getLeastRequestLbConfigBuilder().setSlowStartConfig(slowStart(start)));
        } else if (policy instanceof RingHash ring) {
            cluster.setLbPolicy(Cluster.LbPolicy.RING_HASH);
            ring.minimumSize()
                    .ifPresent(size -> cluster.getRingHashLbConfigBuilder().setMinimumRingSize(UInt64Value.of(size)));
            ring.maximumSize()
                    .ifPresent(size -> cluster.getRingHashLbConfigBuilder().setMaximumRingSize(UInt64Value.of(size)));
        } else if (policy instanceof Maglev maglev) {
            cluster.setLbPolicy(Cluster.LbPolicy.MAGLEV);
            maglev.tableSize()
                    .ifPresent(size -> cluster.getMaglevLbConfigBuilder().setTableSize(UInt64Value.of(size)));
        } else {
            cluster.setLbPolicy(Cluster.LbPolicy.RANDOM);
        }
    }

    private static Cluster.SlowStartConfig slowStart(SlowStart start) {
        return Cluster.SlowStartConfig.newBuilder()
                .setSlowStartWindow(Clusters.duration(start.window()))
                .setAggression(RuntimeDouble.newBuilder()
                        .setDefaultValue(start.aggression())
                        .setRuntimeKey(AGGRESSION))
                .setMinWeightPercent(Percent.newBuilder().setValue(start.minWeightPercent()))
                .build();
    }
}
