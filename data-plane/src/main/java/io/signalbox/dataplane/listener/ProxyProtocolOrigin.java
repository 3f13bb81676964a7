package io.signalbox.dataplane.listener;

import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a header of the PROXY protocol says. */
final class ProxyProtocolOrigin {
    private static final String BROADCAST = "255.255.255.255";

    private ProxyProtocolOrigin() {}

    /** Empty when it cannot be: not of IP, or an address that no single machine has. */
    static Optional<Origin> of(HAProxyMessage header, Channel channel) {
        AddressFamily family = header.proxiedProtocol().addressFamily();
        boolean says = family == AddressFamily.AF_IPv4 || family == AddressFamily.AF_IPv6;
        if (header.command() == HAProxyCommand.LOCAL
                || (!says && header.protocolVersion() == HAProxyProtocolVersion.V1)) {
            return Optional.of(Origin.of(channel));
        }
        if (!says) {
            return Optional.empty();
        }
        return address(header.sourceAddress(), header.sourcePort())
                .flatMap(client -> address(header.destinationAddress(), header.destinationPort())
                        .map(destination -> new Origin(client, destination)));
    }

    private static Optional<InetSocketAddress> address(@Nullable String text, int port) {
        byte[] bytes = text == null || text.startsWith("[") ? null : NetUtil.createByteArrayFromIpAddressString(text);
        if (bytes == null) {
            return Optional.empty();
        }
        return Optional.of(address(bytes))
                // 010.0.0.1 is octal to some.
                .filter(address -> bytes.length != 4 || address.getHostAddress().equals(text))
                .filter(address -> !BROADCAST.equals(text))
                .filter(address -> !address.isAnyLocalAddress() && !address.isMulticastAddress())
                .map(address -> new InetSocketAddress(address, port));
    }

    /** IPv4 within IPv6 stays IPv6, as to Envoy, which finds it in no network of IPv4. */
    private static InetAddress address(byte[] bytes) {
        try {
            return bytes.length == 4 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }
}
