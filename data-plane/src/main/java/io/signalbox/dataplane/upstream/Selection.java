package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.routing.RandomValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Which hosts of a cluster get requests, by their health at one moment. Safe for use by any thread. */
final class Selection {
    /** One endpoint of the config. */
    record Member(Host host, int weight, int priority, boolean healthyByConfig) {
        boolean isHealthy() {
            return healthyByConfig && host.isHealthy();
        }

        WeightedHost weighted() {
            return new WeightedHost(host, weight);
        }
    }

    private final PriorityLoads loads;
    private final List<Optional<LoadBalancer>> balancers;
    private final boolean byHash;
    private final RandomValue random;

    private Selection(PriorityLoads loads, List<Optional<LoadBalancer>> balancers, boolean byHash, RandomValue random) {
        this.byHash = byHash;
        this.loads = loads;
        this.balancers = balancers;
        this.random = random;
    }

    static Selection of(List<Member> members, ClusterConfig config, RandomValue random) {
        int priorities = 1 + members.stream().mapToInt(Member::priority).max().orElse(0);
        int[] hosts = new int[priorities];
        int[] healthy = new int[priorities];
        for (Member member : members) {
            hosts[member.priority()]++;
            if (member.isHealthy()) {
                healthy[member.priority()]++;
            }
        }
        PriorityLoads loads = PriorityLoads.of(hosts, healthy, config.health().panicThreshold());
        List<Optional<LoadBalancer>> balancers = new ArrayList<>();
        for (int i = 0; i < priorities; i++) {
            int priority = i;
            List<WeightedHost> eligible = members.stream()
                    .filter(m -> m.priority() == priority && (loads.panics(priority) || m.isHealthy()))
                    .map(Member::weighted)
                    .toList();
            balancers.add(
                    eligible.isEmpty()
                            ? Optional.empty()
                            : Optional.of(LoadBalancers.create(config.loadBalancing(), eligible, random)));
        }
        return new Selection(
                loads, List.copyOf(balancers), config.loadBalancing().byHash(), random);
    }

    /** By hash the priority is chosen by the hash, too, as in Envoy: a user stays. */
    Optional<Host> pick(OptionalLong hash) {
        int priority =
                balancers.size() == 1 ? 0 : loads.pick(byHash && hash.isPresent() ? hash.getAsLong() : random.next());
        Optional<LoadBalancer> balancer = balancers.get(priority);
        return balancer.isPresent() ? Optional.of(balancer.get().pick(hash)) : Optional.empty();
    }
}
