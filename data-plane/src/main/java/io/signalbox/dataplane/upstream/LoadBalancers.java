package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.ClusterConfig.LoadBalancing;
import io.signalbox.routing.RandomValue;
import io.signalbox.routing.balance.Maglev;
import io.signalbox.routing.balance.RingHash;
import java.util.List;

/** From policy and hosts to a load balancer. */
final class LoadBalancers {
    private LoadBalancers() {}

    static LoadBalancer create(LoadBalancing policy, List<WeightedHost> hosts, RandomValue random) {
        if (policy instanceof LoadBalancing.RingHash ring) {
            return new ByHash(hosts, all -> RingHash.of(all, ring.minimumSize(), ring.maximumSize()), random);
        }
        if (policy instanceof LoadBalancing.Maglev maglev) {
            return new ByHash(hosts, all -> Maglev.of(all, maglev.tableSize()), random);
        }
        boolean sameWeights = WeightedHost.sameWeights(hosts);
        int start = (int) Long.remainderUnsigned(random.next(), hosts.size());
        if (policy instanceof LoadBalancing.LeastRequest least) {
            return sameWeights
                    ? new FewestRequests(WeightedHost.hosts(hosts), least.choices(), random)
                    : new EarliestDeadline(hosts, h -> leastRequestWeight(h, least.activeRequestBias()), start);
        }
        if (policy instanceof LoadBalancing.Random) {
            return new RandomChoice(WeightedHost.hosts(hosts), random);
        }
        return sameWeights
                ? new RoundRobin(WeightedHost.hosts(hosts), start)
                : new EarliestDeadline(hosts, WeightedHost::weight, start);
    }

    /** Envoy: {@code load_balancing_weight / (active_requests + 1)^active_request_bias}. */
    private static double leastRequestWeight(WeightedHost host, double bias) {
        double busy = host.host().activeRequests() + 1.0;
        return host.weight() / (bias == 1.0 ? busy : Math.pow(busy, bias));
    }
}
