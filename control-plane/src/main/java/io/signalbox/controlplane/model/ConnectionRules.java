package io.signalbox.controlplane.model;

import java.util.Optional;

/**
 * What is asked of connections before anything else is read from them.
 *
 * @param proxyProtocol empty where clients connect by themselves
 * @param limit how many there may be at a time, at least 1; empty for as many as come
 */
public record ConnectionRules(Optional<ProxyProtocol> proxyProtocol, Optional<Integer> limit) {
    public static final ConnectionRules NONE = new ConnectionRules(Optional.empty(), Optional.empty());
}
