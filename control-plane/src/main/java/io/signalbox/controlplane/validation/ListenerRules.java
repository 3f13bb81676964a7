package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.Resource;
import java.net.InetAddress;
import java.util.Optional;

final class ListenerRules {
    private ListenerRules() {}

    static void check(String name, ListenerSpec listener, Config after, Findings findings) {
        HeaderRules.check(listener.headers(), findings);
        ListenerEdgeRules.check(listener, findings);
        if (listener.protocol() instanceof ListenerSpec.Https https) {
            HandshakeRules.check(https, listener.edge().http2(), after, findings.at("https"));
            PassthroughRules.check(https, after, findings.at("https"));
        } else if (listener.protocol() instanceof ListenerSpec.Tcp tcp) {
            TcpRules.check(tcp.forward(), findings.at("tcp"));
            TcpRules.checkBeside(name, listener, after, findings);
        }
        listener.edge()
                .connections()
                .proxyProtocol()
                .filter(protocol -> listener.protocol() instanceof ListenerSpec.Https https
                        && https.handshake().http3().isPresent())
                .ifPresent(protocol ->
                        findings.at("proxyProtocol").add("it stands beside http3", "none, as QUIC does not have it"));
        listener.accessLog().ifPresent(log -> AccessLogRules.check(log, findings.at("accessLog")));
        Optional<InetAddress> address = IpAddresses.parse(listener.address());
        if (address.isEmpty()) {
            findings.at("address").add(Findings.quote(listener.address()), IpAddresses.EXPECTED);
            return;
        }
        for (Resource<ListenerSpec> other : after.listeners().values()) {
            if (!other.name().equals(name) && other.spec().port() == listener.port()) {
                IpAddresses.parse(other.spec().address())
                        .filter(otherAddress -> overlap(address.get(), otherAddress))
                        .ifPresent(otherAddress -> findings.at("port")
                                .add(
                                        listener.port() + ", on which the listener " + other.name() + " listens at "
                                                + other.spec().address(),
                                        "an address and port of its own"));
            }
        }
    }

    /** {@code 0.0.0.0} is every IPv4 address, {@code ::} every IPv6 address and, as Envoy sets it up, no IPv4 one. */
    private static boolean overlap(InetAddress a, InetAddress b) {
        return a.equals(b) || (a.getClass() == b.getClass() && (a.isAnyLocalAddress() || b.isAnyLocalAddress()));
    }
}
