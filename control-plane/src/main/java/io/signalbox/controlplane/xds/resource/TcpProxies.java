package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.type.v3.HashPolicy;
import io.signalbox.controlplane.compile.ResolvedListener;
import io.signalbox.controlplane.model.TcpForward;
import io.signalbox.controlplane.model.TcpForward.Arm;
import java.util.List;

/** Connections that are passed on byte for byte. Envoy: {@code TcpProxy}. */
final class TcpProxies {
    private TcpProxies() {}

    static Filter filter(ResolvedListener listener, TcpForward forward) {
        TcpProxy.Builder proxy = TcpProxy.newBuilder()
                .setStatPrefix(listener.name())
                .addAllAccessLog(
                        listener.accessLog().stream().map(AccessLogs::of).toList());
        setPools(proxy, forward);
        if (!forward.idleTimeout().equals(TcpForward.DEFAULT_IDLE_TIMEOUT)) {
            proxy.setIdleTimeout(Clusters.duration(forward.idleTimeout()));
        }
        if (forward.connectAttempts() > 1) {
            proxy.setMaxConnectAttempts(UInt32Value.of(forward.connectAttempts()));
        }
        if (forward.bySourceIp()) {
            proxy.addHashPolicy(HashPolicy.newBuilder().setSourceIp(HashPolicy.SourceIp.getDefaultInstance()));
        }
        return Filter.newBuilder()
                .setName("envoy.filters.network.tcp_proxy")
                .setTypedConfig(Any.pack(proxy.build()))
                .build();
    }

    /** Envoy takes no weight of 0 here. */
    private static void setPools(TcpProxy.Builder proxy, TcpForward forward) {
        List<Arm> arms =
                forward.pools().stream().filter(arm -> arm.weight() > 0).toList();
        if (arms.size() == 1) {
            proxy.setCluster(arms.get(0).pool());
            Subsets.metadata(arms.get(0).subset()).ifPresent(proxy::setMetadataMatch);
            return;
        }
        for (Arm arm : arms) {
            TcpProxy.WeightedCluster.ClusterWeight.Builder weight = proxy.getWeightedClustersBuilder()
                    .addClustersBuilder()
                    .setName(arm.pool())
                    .setWeight(arm.weight());
            Subsets.metadata(arm.subset()).ifPresent(weight::setMetadataMatch);
        }
    }
}
