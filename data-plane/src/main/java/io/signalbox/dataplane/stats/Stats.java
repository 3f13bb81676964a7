package io.signalbox.dataplane.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What is counted of all clusters. Event loops count, one thread takes. */
public final class Stats {
    private final HistogramBounds bounds;
    private final ConcurrentMap<String, ClusterStats> clusters = new ConcurrentHashMap<>();

    public Stats(HistogramBounds bounds) {
        this.bounds = bounds;
    }

    /** Those of one cluster, whatever becomes of its config. */
    public ClusterStats of(String cluster) {
        ClusterStats known = clusters.get(cluster);
        return known != null ? known : clusters.computeIfAbsent(cluster, name -> new ClusterStats(name, bounds));
    }

    /**
     * What happened since it was last taken, cluster by cluster.
     *
     * @param living the clusters that there are; what is counted of others is forgotten afterwards
     */
    public List<ClusterStats.Taken> take(Set<String> living) {
        List<ClusterStats.Taken> taken = new ArrayList<>();
        clusters.values().forEach(stats -> taken.add(stats.take()));
        clusters.keySet().retainAll(living);
        return taken;
    }
}
