package io.signalbox.dataplane.upstream;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.EndpointsConfig.Locality;
import io.signalbox.dataplane.config.EndpointsConfig.Place;
import io.signalbox.dataplane.config.Spread.Subsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes load balancers for the hosts of one priority of a cluster. */
record Balancing(ClusterConfig config, Map<Place, Long> localityWeights, Chance chance) {
    /** A locality takes its whole share with 100/140 of its hosts healthy. Envoy: overprovisioning factor. */
    private static final double OVERPROVISIONING = 1.4;

    /**
     * @param all hosts of the priority
     * @param panics whether their health is ignored
     * @return empty when nobody may be picked
     */
    Optional<LoadBalancer> balancer(List<Member> all, boolean panics) {
        List<Member> eligible =
                all.stream().filter(m -> panics || m.isHealthy()).toList();
        if (eligible.isEmpty()) {
            return Optional.empty();
        }
        boolean byLocality = byLocality();
        if (config.loadBalancing().byHash()) {
            return ByHash.create(
                    config.loadBalancing(), eligible, byLocality ? shares(all, eligible) : even(eligible), chance);
        }
        // In a panic Envoy looks at no locality.
        return Optional.of(byLocality && !panics ? byLocality(all, eligible) : flat(eligible));
    }

    private boolean byLocality() {
        return config.spread().byLocality()
                && config.spread().subsets().map(Subsets::byLocality).orElse(true);
    }

    private LoadBalancer flat(List<Member> members) {
        return LoadBalancers.create(
                config.loadBalancing(), members.stream().map(Member::weighted).toList(), chance);
    }

    private LoadBalancer byLocality(List<Member> all, List<Member> eligible) {
        Map<Locality, List<Member>> everyone = byPlace(all);
        List<ByLocality.Part> parts = new ArrayList<>();
        byPlace(eligible).forEach((locality, members) -> {
            double healthy =
                    (double) members.size() / members(everyone, locality).size();
            double weight = weight(members.get(0)) * Math.min(1, OVERPROVISIONING * healthy);
            if (weight > 0) {
                parts.add(new ByLocality.Part(weight, flat(members)));
            }
        });
        return parts.isEmpty() ? flat(eligible) : new ByLocality(parts, chance.start(parts.size()));
    }

    private static Map<Locality, List<Member>> byPlace(List<Member> members) {
        Map<Locality, List<Member>> byPlace = new LinkedHashMap<>();
        members.forEach(m -> byPlace.computeIfAbsent(m.endpoint().place().locality(), l -> new ArrayList<>())
                .add(m));
        return byPlace;
    }

    private static List<Member> members(Map<Locality, List<Member>> byPlace, Locality locality) {
        return byPlace.getOrDefault(locality, List.of());
    }

    private long weight(Member member) {
        return localityWeights.getOrDefault(member.endpoint().place(), 0L);
    }

    private static double[] even(List<Member> members) {
        double sum = members.stream().mapToInt(m -> m.endpoint().weight()).sum();
        return members.stream().mapToDouble(m -> m.endpoint().weight() / sum).toArray();
    }

    /** Envoy divides a locality's part of a hash table among those who are well in it; nobody takes over what is left. */
    private double[] shares(List<Member> all, List<Member> eligible) {
        Map<Locality, Long> weights = new LinkedHashMap<>();
        all.forEach(m -> weights.put(m.endpoint().place().locality(), weight(m)));
        double sum = weights.values().stream().mapToLong(Long::longValue).sum();
        if (sum == 0) {
            return even(eligible);
        }
        Map<Locality, List<Member>> byPlace = byPlace(eligible);
        return eligible.stream()
                .mapToDouble(m -> {
                    List<Member> neighbours =
                            members(byPlace, m.endpoint().place().locality());
                    double inLocality = neighbours.stream()
                            .mapToInt(n -> n.endpoint().weight())
                            .sum();
                    return m.endpoint().weight() * (weight(m) / sum) / inLocality;
                })
                .toArray();
    }
}
