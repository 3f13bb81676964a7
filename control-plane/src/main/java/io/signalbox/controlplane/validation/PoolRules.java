package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.SlowStart;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class PoolRules {
    private PoolRules() {}

    private record Socket(InetAddress address, int port) {}

    static void check(PoolSpec pool, Findings findings) {
        pool.connectTimeout()
                .ifPresent(
                        timeout -> DurationRules.check(timeout, Duration.ofSeconds(60), findings.at("connectTimeout")));
        checkSlowStart(pool.loadBalancing(), findings.at("loadBalancing"));
        checkEndpoints(pool, findings);
    }

    private static void checkSlowStart(LoadBalancing policy, Findings findings) {
        if (policy instanceof LoadBalancing.RoundRobin roundRobin) {
            checkSlowStart(roundRobin.slowStart(), findings.at("roundRobin"));
        } else if (policy instanceof LoadBalancing.LeastRequest leastRequest) {
            checkSlowStart(leastRequest.slowStart(), findings.at("leastRequest"));
        }
    }

    private static void checkSlowStart(Optional<SlowStart> slowStart, Findings findings) {
        slowStart.ifPresent(
                start -> DurationRules.check(start.window(), Duration.ofHours(1), findings.at("slowStart.window")));
    }

    private static void checkEndpoints(PoolSpec pool, Findings findings) {
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
