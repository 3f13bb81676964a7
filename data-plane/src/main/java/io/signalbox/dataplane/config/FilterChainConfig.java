package io.signalbox.dataplane.config;

import java.util.Optional;

/**
 * What becomes of some of a listener's connections. Envoy: {@code config.listener.v3.FilterChain}.
 *
 * @param sources whose connections it is for; none for all
 */
public record FilterChainConfig(SourceRanges sources, Optional<TlsConfig> tls, HttpConfig http) {}
