package io.signalbox.dataplane.http;

import io.netty.util.NetUtil;
import io.signalbox.dataplane.tls.ClientIdentity;
import io.signalbox.routing.CertificateFact;
import io.signalbox.routing.ConnectionView;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a client connection before any request.
 *
 * @param directRemoteAddress of the peer, with port, in Envoy's notation
 * @param remoteAddress of whom the peer connects for, likewise; the peer itself where it says nothing of that
 * @param localAddress where it was accepted, or first of all, likewise
 * @param peer the IP address of {@code remoteAddress}, without port
 * @param forwardedFor what is appended to {@code x-forwarded-for} for it
 * @param identity what the client proves in its handshake; empty without TLS
 */
public record DownstreamInfo(
        String directRemoteAddress,
        String remoteAddress,
        String localAddress,
        String peer,
        String forwardedFor,
        Optional<ClientIdentity> identity)
        implements ConnectionView {
    /** What Envoy takes for loopback; 127.0.0.2 is not. */
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1");

    /**
     * @param client whom the peer connects for
     * @param local where to
     * @param machine own address of this machine: Envoy appends it in place of a loopback client, of no use elsewhere
     */
    public static DownstreamInfo of(
            InetSocketAddress peer,
            InetSocketAddress client,
            InetSocketAddress local,
            InetAddress machine,
            Optional<ClientIdentity> identity) {
        String address = text(client.getAddress());
        return new DownstreamInfo(
                text(peer),
                text(client),
                text(local),
                address,
                LOOPBACK.contains(address) ? text(machine) : address,
                identity);
    }

    private static String text(InetSocketAddress address) {
        String host = text(address.getAddress());
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private static String text(InetAddress address) {
        return NetUtil.toAddressString(address, true);
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

        @Override
        public String ofCertificate(CertificateFact fact) {
            return connection.ofCertificate(fact);
        }
    }

    @Override
    public String ofCertificate(CertificateFact fact) {
        return identity.map(client -> client.of(fact)).orElse("");
    }

    boolean tls() {
        return identity.isPresent();
    }

    String scheme() {
        return tls() ? "https" : "http";
    }
}
