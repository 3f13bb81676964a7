package io.signalbox.dataplane.listener;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/**
 * Whose a connection is: that of the socket, or the one that a proxy in front passes on.
 *
 * @param client who began it
 * @param destination where to
 */
record Origin(InetSocketAddress client, InetSocketAddress destination) {
    static Origin of(Channel channel) {
        return new Origin((InetSocketAddress) channel.remoteAddress(), (InetSocketAddress) channel.localAddress());
    }
}
