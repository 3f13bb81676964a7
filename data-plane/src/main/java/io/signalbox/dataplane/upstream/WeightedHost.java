package io.signalbox.dataplane.upstream;

import java.util.List;

/** @param weight 1 or more */
record WeightedHost(Host host, int weight) {
    static boolean sameWeights(List<WeightedHost> hosts) {
        return hosts.stream().allMatch(h -> h.weight == hosts.get(0).weight);
    }

    static Host[] hosts(List<WeightedHost> hosts) {
        return hosts.stream().map(WeightedHost::host).toArray(Host[]::new);
    }
}
