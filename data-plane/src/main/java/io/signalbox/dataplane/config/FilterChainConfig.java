package io.signalbox.dataplane.config;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What becomes of some of a listener's connections. Envoy: {@code config.listener.v3.FilterChain}.
 *
 * @param names what clients ask for whose connections it is for; none for all
 * @param sources whose connections it is for; none for all
 * @param connectionLimit how many there may be at a time; one more is closed
 */
public record FilterChainConfig(
        ServerNames names,
        SourceRanges sources,
        OptionalLong connectionLimit,
        Optional<TlsConfig> tls,
        NetworkFilter filter) {}
