package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Socket addresses over TCP. No name is ever looked up here. */
public final class Addresses {
    private Addresses() {}

    public static InetSocketAddress parse(String at, Address proto) throws InvalidResource {
        SocketAddress socket = socketAddress(at, proto);
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(socket.getAddress());
        if (bytes == null) {
            throw new InvalidResource(
                    at + ".socket_address.address: \"" + socket.getAddress() + "\" (expected: an IP address)");
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), socket.getPortValue());
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw new InvalidResource(at + ".socket_address: " + e.getMessage(), e);
        }
    }

    /** As {@link #parse}, but a host name may stand in place of an address; it stays unresolved. */
    static InetSocketAddress parseName(String at, Address proto) throws InvalidResource {
        SocketAddress socket = socketAddress(at, proto);
        return NetUtil.createByteArrayFromIpAddressString(socket.getAddress()) == null
                ? InetSocketAddress.createUnresolved(socket.getAddress(), socket.getPortValue())
                : parse(at, proto);
    }

    static SocketAddress socketAddress(String at, Address proto) throws InvalidResource {
        if (!proto.hasSocketAddress()) {
            throw new InvalidResource(at + ".socket_address is required");
        }
        SocketAddress socket = proto.getSocketAddress();
        if (socket.getProtocol() != SocketAddress.Protocol.TCP) {
            throw new InvalidResource(at + ".socket_address.protocol: only TCP is supported");
        }
        if (!socket.hasPortValue()) {
            throw new InvalidResource(at + ".socket_address.port_value is required");
        }
        if (socket.getPortValue() < 0 || socket.getPortValue() > 65_535) {
            throw new InvalidResource(at + ".socket_address.port_value: "
                    + Integer.toUnsignedString(socket.getPortValue()) + " (expected: 0 to 65535)");
        }
        return socket;
    }
}
