package io.signalbox.dataplane.listener;

import java.net.InetSocketAddress;

/**
 * Where listeners really are: beside their configured ports when an Envoy of the same config has those.
 *
 * @param portOffset is added to every port but 0, which takes a free one
 */
public record Placement(int portOffset) {
    InetSocketAddress place(InetSocketAddress configured) {
        return configured.getPort() == 0
                ? configured
                : new InetSocketAddress(configured.getAddress(), configured.getPort() + portOffset);
    }
}
