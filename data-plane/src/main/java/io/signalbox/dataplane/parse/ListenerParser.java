package io.signalbox.dataplane.parse;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.signalbox.dataplane.config.FilterChainConfig;
import io.signalbox.dataplane.config.ListenerConfig;
import io.signalbox.dataplane.config.ProxyProtocolConfig;
import io.signalbox.dataplane.config.ServerNames;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code envoy.config.listener.v3.Listener}. */
public final class ListenerParser {
    private static final String TLS_INSPECTOR =
            "type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector";

    private static final long DEFAULT_BUFFER_BYTES = 1 << 20;
    private static final Duration DEFAULT_FILTERS_TIMEOUT = Duration.ofSeconds(15);

    private ListenerParser() {}

    /** Whether it is for HTTP/3, which is known and not served: its clients come over TCP just as well. */
    public static boolean isHttp3(Listener proto) {
        return proto.getUdpListenerConfig().hasQuicOptions();
    }

    public static ListenerConfig parse(Listener proto) throws InvalidResource {
        SupportedFields.check("", proto);
        List<FilterChainConfig> chains = FilterChainParser.parse(
                proto.getFilterChainsList(),
                proto.hasPerConnectionBufferLimitBytes()
                        ? Integer.toUnsignedLong(
                                proto.getPerConnectionBufferLimitBytes().getValue())
                        : DEFAULT_BUFFER_BYTES);
        boolean asksForNames = chains.stream().anyMatch(chain -> !chain.names().equals(ServerNames.ALL));
        if (asksForNames && proto.getContinueOnListenerFiltersTimeout()) {
            throw new InvalidResource("continue_on_listener_filters_timeout is not supported beside server_names");
        }
        return new ListenerConfig(
                proto.getName(),
                Protos.digest(proto),
                Addresses.parse("address", proto.getAddress()),
                proxyProtocol(proto),
                filtersTimeout(proto),
                chains);
    }

    private static Optional<ProxyProtocolConfig> proxyProtocol(Listener proto) throws InvalidResource {
        Optional<ProxyProtocolConfig> found = Optional.empty();
        for (int i = 0; i < proto.getListenerFiltersCount(); i++) {
            ListenerFilter filter = proto.getListenerFilters(i);
            Any config = filter.getTypedConfig();
            if (config.is(ProxyProtocol.class) && found.isEmpty()) {
                found = Optional.of(proxyProtocol("listener_filters[" + i + "].typed_config", config, proto));
            } else if (!config.getTypeUrl().equals(TLS_INSPECTOR)) {
                // That one only feeds filter chain matches by server name, which do not need to be told.
                throw new InvalidResource("listener_filters[" + i + "]: " + filter.getName() + " is not supported");
            }
        }
        return found;
    }

    private static ProxyProtocolConfig proxyProtocol(String at, Any config, Listener listener) throws InvalidResource {
        ProxyProtocol proto = Protos.unpack(at, config, ProxyProtocol.class);
        if (listener.getContinueOnListenerFiltersTimeout()) {
            throw new InvalidResource("continue_on_listener_filters_timeout is not supported beside ProxyProtocol");
        }
        return new ProxyProtocolConfig(proto.getAllowRequestsWithoutProxyProtocol(), filtersTimeout(listener));
    }

    private static Duration filtersTimeout(Listener proto) {
        return proto.hasListenerFiltersTimeout()
                ? Protos.duration(proto.getListenerFiltersTimeout())
                : DEFAULT_FILTERS_TIMEOUT;
    }
}
