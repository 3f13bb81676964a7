package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.PoolSpec;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class PoolRules {
    private PoolRules() {}

    private record Socket(InetAddress address, int port) {}

    static void check(PoolSpec pool, Findings findings) {
        Map<Socket, Integer> seen = new HashMap<>();
        List<Endpoint> endpoints = pool.endpoints();
        for (int i = 0; i < endpoints.size(); i++) {
            Endpoint endpoint = endpoints.get(i);
            Optional<InetAddress> address = IpAddresses.parse(endpoint.address());
            Findings here = findings.at("endpoints", i);
            if (address.isEmpty()) {
                here.at("address").add(Findings.quote(endpoint.address()), IpAddresses.EXPECTED);
            } else {
                Integer first = seen.putIfAbsent(new Socket(address.get(), endpoint.port()), i);
                if (first != null) {
                    here.add("the same address and port as endpoints[" + first + "]", "each endpoint once");
                }
            }
        }
    }
}
