package io.signalbox.dataplane.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * @param digest hash of the resource: two configs with the same digest are the same listener
 * @param address port 0 takes a free port
 * @param proxyProtocol empty where clients connect by themselves
 * @param filtersTimeout how long clients may take to say what the choice of a chain depends on; zero for as long as they will
 * @param chains what becomes of connections; which one is chosen is told by their matches, not by their order
 */
public record ListenerConfig(
        String name,
        String digest,
        InetSocketAddress address,
        Optional<ProxyProtocolConfig> proxyProtocol,
        Duration filtersTimeout,
        List<FilterChainConfig> chains) {
    public ListenerConfig {
        chains = List.copyOf(chains);
    }
}
