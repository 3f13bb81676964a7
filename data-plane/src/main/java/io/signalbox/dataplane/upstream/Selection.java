package io.signalbox.dataplane.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Chooses a priority by health, and a host of it by load balancing. */
final class Selection implements HostChoice {
    private final PriorityLoads loads;
    private final List<Optional<LoadBalancer>> balancers;
    private final boolean byHash;
    private final Chance chance;

    private Selection(PriorityLoads loads, List<Optional<LoadBalancer>> balancers, boolean byHash, Chance chance) {
        this.byHash = byHash;
        this.loads = loads;
        this.balancers = balancers;
        this.chance = chance;
    }

    static Selection of(List<Member> members, Balancing balancing) {
        int priorities = 1 + members.stream().mapToInt(Member::priority).max().orElse(0);
        int[] hosts = new int[priorities];
        int[] healthy = new int[priorities];
        for (Member member : members) {
            hosts[member.priority()]++;
            if (member.isHealthy()) {
                healthy[member.priority()]++;
            }
        }
        PriorityLoads loads =
                PriorityLoads.of(hosts, healthy, balancing.config().health().panicThreshold());
        List<Optional<LoadBalancer>> balancers = new ArrayList<>();
        for (int i = 0; i < priorities; i++) {
            int priority = i;
            List<Member> all =
                    members.stream().filter(m -> m.priority() == priority).toList();
            balancers.add(balancing.balancer(all, loads.panics(priority)));
        }
        return new Selection(
                loads,
                List.copyOf(balancers),
                balancing.config().loadBalancing().byHash(),
                balancing.chance());
    }

    /** By hash the priority is chosen by the hash, too, as in Envoy: a user stays. */
    @Override
    public Optional<Host> pick(Map<String, String> labels, OptionalLong hash) {
        int priority =
                balancers.size() == 1 ? 0 : loads.pick(byHash && hash.isPresent() ? hash.getAsLong() : chance.next());
        Optional<LoadBalancer> balancer = balancers.get(priority);
        return balancer.isPresent() ? Optional.of(balancer.get().pick(hash)) : Optional.empty();
    }
}
