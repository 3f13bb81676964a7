package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.UInt64Value;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.signalbox.controlplane.compile.ResolvedListener;
import io.signalbox.controlplane.model.Passthrough;
import io.signalbox.controlplane.model.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of connections, by whom they come from: those of trusted networks have a chain of their own. Which network a
 * client is in is told by the address of the connection, or by that of the PROXY protocol where it is spoken. Before that
 * the name counts that a client asks for in its TLS handshake: what is passed through has a chain of its own.
 */
final class FilterChains {
    private static final Duration HANDSHAKE = Durations.fromSeconds(15);

    private FilterChains() {}

    static List<FilterChain> of(ResolvedListener listener) {
        List<FilterChain> chains = new ArrayList<>();
        listener.passthrough().forEach(passthrough -> chains.add(of(listener, passthrough)));
        if (listener.tcp().isPresent()) {
            chains.add(FilterChain.newBuilder()
                    .addAllFilters(limits(listener))
                    .addFilters(TcpProxies.filter(listener, listener.tcp().get()))
                    .build());
        } else {
            chains.addAll(ofHttp(listener));
        }
        return chains;
    }

    private static FilterChain of(ResolvedListener listener, Passthrough passthrough) {
        return FilterChain.newBuilder()
                .setName("passthrough " + passthrough.serverNames().get(0))
                .setFilterChainMatch(FilterChainMatch.newBuilder().addAllServerNames(passthrough.serverNames()))
                .addAllFilters(limits(listener))
                .addFilters(TcpProxies.filter(listener, passthrough.forward()))
                .build();
    }

    private static List<FilterChain> ofHttp(ResolvedListener listener) {
        Optional<Trust> trust = listener.edge().trust();
        List<String> networks = trust.map(Trust::networks).orElse(List.of());
        if (networks.isEmpty()) {
            HttpConnectionManager manager = trust.map(t -> ConnectionManagers.trusting(listener, t))
                    .orElseGet(() -> ConnectionManagers.withoutTrust(listener, List.of()));
            return List.of(chain(listener, manager).build());
        }
        FilterChainMatch.Builder fromNetworks = FilterChainMatch.newBuilder();
        networks.forEach(network -> fromNetworks.addSourcePrefixRanges(range(network)));
        return List.of(
                chain(listener, ConnectionManagers.trusting(listener, trust.get()))
                        .setName("trusted")
                        .setFilterChainMatch(fromNetworks)
                        .build(),
                chain(
                                listener,
                                ConnectionManagers.withoutTrust(
                                        listener, trust.get().headers()))
                        .setName("others")
                        .build());
    }

    private static FilterChain.Builder chain(ResolvedListener listener, HttpConnectionManager manager) {
        FilterChain.Builder chain = FilterChain.newBuilder()
                .addAllFilters(limits(listener))
                .addFilters(Filter.newBuilder()
                        .setName("envoy.filters.network.http_connection_manager")
                        .setTypedConfig(Any.pack(manager)));
        if (!listener.certificates().isEmpty()) {
            chain.setTransportSocket(DownstreamTls.of(listener)).setTransportSocketConnectTimeout(HANDSHAKE);
        }
        return chain;
    }

    private static List<Filter> limits(ResolvedListener listener) {
        return listener.edge().connections().limit().stream()
                .map(limit -> limit(listener.name(), limit))
                .toList();
    }

    private static Filter limit(String listener, int connections) {
        return Filter.newBuilder()
                .setName("envoy.filters.network.connection_limit")
                .setTypedConfig(Any.pack(ConnectionLimit.newBuilder()
                        .setStatPrefix(listener)
                        .setMaxConnections(UInt64Value.of(connections))
                        .build()))
                .build();
    }

    private static CidrRange range(String network) {
        int slash = network.indexOf('/');
        return CidrRange.newBuilder()
                .setAddressPrefix(network.substring(0, slash))
                .setPrefixLen(UInt32Value.of(Integer.parseInt(network.substring(slash + 1))))
                .build();
    }
}
