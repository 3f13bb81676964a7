package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.signalbox.dataplane.config.ListenerConfig;
import io.signalbox.dataplane.config.TlsConfig;
import java.util.Optional;

/** {@code envoy.config.listener.v3.Listener}: one filter chain that ends in the HTTP connection manager. */
public final class ListenerParser {
    private static final String TLS_INSPECTOR =
            "type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector";

    private ListenerParser() {}

    public static ListenerConfig parse(Listener proto) throws InvalidResource {
        SupportedFields.check("", proto);
        for (ListenerFilter filter : proto.getListenerFiltersList()) {
            // It only feeds filter chain matches, and there is one chain.
            if (!filter.getTypedConfig().getTypeUrl().equals(TLS_INSPECTOR)) {
                throw new InvalidResource("listener_filters: " + filter.getName() + " is not supported");
            }
        }
        if (proto.getFilterChainsCount() != 1) {
            throw new InvalidResource("filter_chains: " + proto.getFilterChainsCount() + " chains (expected: 1)");
        }
        FilterChain chain = proto.getFilterChains(0);
        return new ListenerConfig(
                proto.getName(),
                Protos.digest(proto),
                Addresses.parse("address", proto.getAddress()),
                tls(chain),
                HttpConfigParser.parse("filter_chains[0].filters[0].typed_config", connectionManager(chain)));
    }

    private static Optional<TlsConfig> tls(FilterChain chain) throws InvalidResource {
        return chain.hasTransportSocket()
                ? TlsParser.parseTransportSocket("filter_chains[0].transport_socket", chain.getTransportSocket())
                : Optional.empty();
    }

    private static HttpConnectionManager connectionManager(FilterChain chain) throws InvalidResource {
        if (chain.getFiltersCount() != 1) {
            throw new InvalidResource(
                    "filter_chains[0].filters: " + chain.getFiltersCount() + " filters (expected: 1)");
        }
        return Protos.unpack(
                "filter_chains[0].filters[0].typed_config",
                chain.getFilters(0).getTypedConfig(),
                HttpConnectionManager.class);
    }
}
