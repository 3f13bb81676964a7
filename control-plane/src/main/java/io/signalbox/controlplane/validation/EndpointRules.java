package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Endpoint;
import java.net.InetAddress;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

final class EndpointRules {
    private EndpointRules() {}

    /** @param address an {@link InetAddress}, or a host name in lower case */
    private record Socket(Object address, int port) {}

    static void check(List<Endpoint> endpoints, Findings findings) {
        Map<Socket, Integer> seen = new HashMap<>();
        BitSet priorities = new BitSet();
        for (int i = 0; i < endpoints.size(); i++) {
            Endpoint endpoint = endpoints.get(i);
            Findings here = findings.at("endpoints", i);
            priorities.set(endpoint.priority());
            Optional<?> address = address(endpoint);
            if (address.isEmpty()) {
                here.at("address").add(Findings.quote(endpoint.address()), "an IPv4 or IPv6 address, or a host name");
                continue;
            }
            Integer first = seen.putIfAbsent(new Socket(address.get(), endpoint.port()), i);
            if (first != null) {
                here.add("the same address and port as endpoints[" + first + "]", "each endpoint once");
            }
        }
        if (priorities.nextClearBit(0) < priorities.length()) {
            findings.at("endpoints")
                    .add("no endpoint of priority " + priorities.nextClearBit(0), "priorities from 0 on without a gap");
        }
    }

    private static Optional<?> address(Endpoint endpoint) {
        return endpoint.hasHostName()
                ? Optional.of(endpoint.address().toLowerCase(Locale.ROOT))
                : IpAddresses.parse(endpoint.address());
    }
}
