package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.Locality;
import io.signalbox.controlplane.model.PoolSpec;
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

    static void check(PoolSpec pool, Findings findings) {
        checkLocalities(pool, findings);
        check(pool.endpoints(), findings);
    }

    private static void check(List<Endpoint> endpoints, Findings findings) {
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

    /** Envoy sends a locality without a weight nothing. */
    private static void checkLocalities(PoolSpec pool, Findings findings) {
        Map<Locality, Integer> seen = new HashMap<>();
        for (int i = 0; i < pool.localityWeights().size(); i++) {
            Locality locality = pool.localityWeights().get(i).locality();
            Integer first = seen.putIfAbsent(locality, i);
            if (first != null) {
                findings.at("localityWeights", i)
                        .add("the locality of localityWeights[" + first + "] again", "each locality once");
            }
        }
        for (int i = 0; i < pool.endpoints().size() && !seen.isEmpty(); i++) {
            Locality locality = pool.endpoints().get(i).locality();
            if (!seen.containsKey(locality)) {
                findings.at("endpoints", i)
                        .at("locality")
                        .add(
                                locality.equals(Locality.NONE) ? "none" : Findings.quote(locality.text()),
                                "one of localityWeights, as a locality without a weight gets no request");
            }
        }
    }

    private static Optional<?> address(Endpoint endpoint) {
        return endpoint.hasHostName()
                ? Optional.of(endpoint.address().toLowerCase(Locale.ROOT))
                : IpAddresses.parse(endpoint.address());
    }
}
