package io.signalbox.dataplane.listener;

import io.signalbox.dataplane.config.ListenerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * Whether an address can be bound, tried without listening on it: a listener that cannot be bound is refused when it
 * comes, not when it is warm, and nobody connects to it before.
 */
public final class AddressProbe {
    private final Placement placement;

    public AddressProbe(Placement placement) {
        this.placement = placement;
    }

    /** Gives back what is wrong. */
    public Optional<String> fault(ListenerConfig listener) {
        InetSocketAddress address = placement.place(listener.address());
        try (SocketChannel probe = SocketChannel.open()) {
            probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            probe.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot bind '" + address.getAddress().getHostAddress() + ":" + address.getPort() + "': "
                    + e.getMessage());
        }
    }
}
