package io.signalbox.dataplane.config;

import java.time.Duration;

/**
 * That connections begin with a header which says whose they are. Envoy: listener filter {@code ProxyProtocol}.
 *
 * @param optional whether connections without one are taken too. Envoy: {@code allow_requests_without_proxy_protocol}
 * @param timeout how long to wait for it; zero for ever. Envoy: {@code Listener.listener_filters_timeout}
 */
public record ProxyProtocolConfig(boolean optional, Duration timeout) {}
