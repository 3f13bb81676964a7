package io.signalbox.dataplane.config;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * @param digest hash of the resource: two configs with the same digest are the same listener
 * @param address port 0 takes a free port
 * @param chains what becomes of connections; which one is chosen is told by their matches, not by their order
 */
public record ListenerConfig(String name, String digest, InetSocketAddress address, List<FilterChainConfig> chains) {
    public ListenerConfig {
        chains = List.copyOf(chains);
    }
}
