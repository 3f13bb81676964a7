package io.signalbox.dataplane.http;

import io.netty.util.NetUtil;
import io.signalbox.dataplane.tls.ClientIdentity;
import io.signalbox.routing.ConnectionView;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What is known of a client connection before any request.
 *
 * @param directRemoteAddress of the peer, with port, in Envoy's notation
 * @param localAddress where it was accepted, likewise
 * @param peer the peer's IP address, without port
 * @param forwardedFor what is appended to {@code x-forwarded-for} for it
 * @param identity what the client proves in its handshake; empty without TLS
 */
public record DownstreamInfo(
        String directRemoteAddress,
        String localAddress,
        String peer,
        String forwardedFor,
        Optional<ClientIdentity> identity)
        implements ConnectionView {

    /** @param machine own address of this machine: Envoy appends it in place of a loopback client, of no use elsewhere */
    public static DownstreamInfo of(
            InetSocketAddress peer, InetSocketAddress local, InetAddress machine, Optional<ClientIdentity> identity) {
        InetAddress forwarded = peer.getAddress().isLoopbackAddress() ? machine : peer.getAddress();
        return new DownstreamInfo(
                NetUtil.toSocketAddressString(peer),
                NetUtil.toSocketAddressString(local),
                NetUtil.toAddressString(peer.getAddress()),
                NetUtil.toAddressString(forwarded),
                identity);
    }

    @Override
    public String remoteAddress() {
        return directRemoteAddress;
    }

    /** The same for a request whose client is another one than the peer, as a trusted hop says. */
    ConnectionView onBehalfOf(InetAddress client) {
        return new OnBehalf(NetUtil.toSocketAddressString(new InetSocketAddress(client, 0)), this);
    }

    private record OnBehalf(String remoteAddress, DownstreamInfo connection) implements ConnectionView {
        @Override
        public String directRemoteAddress() {
            return connection.directRemoteAddress();
        }

        @Override
        public String localAddress() {
            return connection.localAddress();
        }
    }

    boolean tls() {
        return identity.isPresent();
    }

    String scheme() {
        return tls() ? "https" : "http";
    }
}
