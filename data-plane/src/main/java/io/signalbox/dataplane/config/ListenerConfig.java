package io.signalbox.dataplane.config;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * @param digest hash of the resource: two configs with the same digest are the same listener
 * @param address port 0 takes a free port
 */
public record ListenerConfig(
        String name, String digest, InetSocketAddress address, Optional<TlsConfig> tls, HttpConfig http) {}
