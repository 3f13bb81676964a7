package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.signalbox.dataplane.config.ListenerConfig;

/** {@code envoy.config.listener.v3.Listener}. */
public final class ListenerParser {
    private static final String TLS_INSPECTOR =
            "type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector";

    private static final long DEFAULT_BUFFER_BYTES = 1 << 20;

    private ListenerParser() {}

    public static ListenerConfig parse(Listener proto) throws InvalidResource {
        SupportedFields.check("", proto);
        for (ListenerFilter filter : proto.getListenerFiltersList()) {
            // It only feeds filter chain matches by server name, of which there are none.
            if (!filter.getTypedConfig().getTypeUrl().equals(TLS_INSPECTOR)) {
                throw new InvalidResource("listener_filters: " + filter.getName() + " is not supported");
            }
        }
        return new ListenerConfig(
                proto.getName(),
                Protos.digest(proto),
                Addresses.parse("address", proto.getAddress()),
                FilterChainParser.parse(
                        proto.getFilterChainsList(),
                        proto.hasPerConnectionBufferLimitBytes()
                                ? Integer.toUnsignedLong(
                                        proto.getPerConnectionBufferLimitBytes().getValue())
                                : DEFAULT_BUFFER_BYTES));
    }
}
