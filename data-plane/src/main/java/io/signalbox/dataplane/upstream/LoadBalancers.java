package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.ClusterConfig.LoadBalancing;
import io.signalbox.dataplane.config.ClusterConfig.SlowStart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** From policy and hosts to a load balancer that looks at no hash. */
final class LoadBalancers {
    private LoadBalancers() {}

    static LoadBalancer create(LoadBalancing policy, List<WeightedHost> hosts, Chance chance) {
        int start = chance.start(hosts.size());
        if (policy instanceof LoadBalancing.LeastRequest least) {
            return evenly(hosts, least.slowStart(), chance)
                    ? new FewestRequests(WeightedHost.hosts(hosts), least.choices(), chance.random())
                    : turns(hosts, h -> leastRequestWeight(h, least) * part(h, least.slowStart(), chance), start);
        }
        if (policy instanceof LoadBalancing.RoundRobin turns) {
            return evenly(hosts, turns.slowStart(), chance)
                    ? new RoundRobin(WeightedHost.hosts(hosts), start)
                    : turns(hosts, h -> h.weight() * part(h, turns.slowStart(), chance), start);
        }
        return new RandomChoice(WeightedHost.hosts(hosts), chance.random());
    }

    private static LoadBalancer turns(List<WeightedHost> hosts, ToDoubleFunction<WeightedHost> weight, int start) {
        EarliestDeadline<WeightedHost> turns = new EarliestDeadline<>(hosts, weight, start);
        return hash -> turns.next().host();
    }

    /** As long as a host is warming up hosts of equal weights are not equal. */
    private static boolean evenly(List<WeightedHost> hosts, Optional<SlowStart> slowStart, Chance chance) {
        return WeightedHost.sameWeights(hosts) && hosts.stream().allMatch(h -> part(h, slowStart, chance) == 1);
    }

    private static double part(WeightedHost host, Optional<SlowStart> slowStart, Chance chance) {
        return slowStart.isPresent() && host.host().isHealthy()
                ? slowStart.get().part(Duration.between(host.host().wellSince(), chance.now()))
                : 1;
    }

    /** Envoy: {@code load_balancing_weight / (active_requests + 1)^active_request_bias}. */
    private static double leastRequestWeight(WeightedHost host, LoadBalancing.LeastRequest policy) {
        double busy = host.host().activeRequests() + 1.0;
        double bias = policy.activeRequestBias();
        return host.weight() / (bias == 1.0 ? busy : Math.pow(busy, bias));
    }
}
