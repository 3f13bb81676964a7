package io.signalbox.dataplane.xds;

import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterStats;
import io.envoyproxy.envoy.config.endpoint.v3.UpstreamLocalityStats;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsRequest;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsResponse;
import io.signalbox.dataplane.config.EndpointsConfig.Place;
import io.signalbox.dataplane.upstream.Cluster;
import io.signalbox.dataplane.upstream.ClusterLoad;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes the messages: for each cluster that the server wants to know of, what happened since the message before. What
 * happened before the server wanted to know of it is forgotten, as Envoy does; but a cluster that is new where all are
 * wanted counts from its first request on. Confined to the config thread.
 */
final class LoadReports {
    private static final String KNOWS_ALL = "envoy.lrs.supports_send_all_clusters";

    private final Node node;
    private final Supplier<Collection<Cluster>> clusters;
    private final LongSupplier nanoTime;
    /** When the counting of each cluster's next message began. */
    private final Map<String, Long> since = new HashMap<>();

    private Predicate<String> wanted = name -> false;
    private long lastAt;

    LoadReports(Node node, Supplier<Collection<Cluster>> clusters, LongSupplier nanoTime) {
        this.node = node.toBuilder().addClientFeatures(KNOWS_ALL).build();
        this.clusters = clusters;
        this.nanoTime = nanoTime;
    }

    /** What a stream begins with: who we are. No counts, as nobody knows yet whether somebody hears them. */
    LoadStatsRequest hello() {
        return LoadStatsRequest.newBuilder().setNode(node).build();
    }

    /** From now on these. */
    void select(LoadStatsResponse response) {
        Set<String> names = Set.copyOf(response.getClustersList());
        Predicate<String> before = wanted;
        wanted = name -> response.getSendAllClusters() || names.contains(name);
        long now = nanoTime.getAsLong();
        lastAt = now;
        for (Cluster cluster : clusters.get()) {
            if (wanted.test(cluster.name()) && !before.test(cluster.name())) {
                cluster.takeLoad();
                since.put(cluster.name(), now);
            }
        }
    }

    /** What is in it is not told again. */
    LoadStatsRequest take() {
        LoadStatsRequest.Builder request = LoadStatsRequest.newBuilder().setNode(node);
        Collection<Cluster> all = clusters.get();
        long now = nanoTime.getAsLong();
        for (Cluster cluster : all) {
            if (wanted.test(cluster.name())) {
                Long began = since.put(cluster.name(), now);
                request.addClusterStats(stats(cluster, now - (began == null ? lastAt : began)));
            }
        }
        since.keySet().retainAll(all.stream().map(Cluster::name).collect(Collectors.toSet()));
        lastAt = now;
        return request.build();
    }

    private static ClusterStats stats(Cluster cluster, long nanos) {
        ClusterLoad load = cluster.takeLoad();
        ClusterStats.Builder stats = ClusterStats.newBuilder()
                .setClusterName(cluster.name())
                .setTotalDroppedRequests(load.dropped())
                .setLoadReportInterval(Durations.fromNanos(nanos));
        load.places().forEach((place, counts) -> stats.addUpstreamLocalityStats(locality(place, counts)));
        return stats.build();
    }

    private static UpstreamLocalityStats locality(Place place, ClusterLoad.Counts counts) {
        return UpstreamLocalityStats.newBuilder()
                .setLocality(Locality.newBuilder()
                        .setRegion(place.locality().region())
                        .setZone(place.locality().zone())
                        .setSubZone(place.locality().subZone()))
                .setPriority(place.priority())
                .setTotalIssuedRequests(counts.issued())
                .setTotalSuccessfulRequests(counts.successes())
                .setTotalErrorRequests(counts.errors())
                .setTotalRequestsInProgress(counts.inProgress())
                .build();
    }
}
