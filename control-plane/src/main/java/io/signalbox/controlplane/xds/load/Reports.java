package io.signalbox.controlplane.xds.load;

import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterStats;
import io.envoyproxy.envoy.config.endpoint.v3.UpstreamLocalityStats;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsRequest;
import io.signalbox.controlplane.load.Counts;
import io.signalbox.controlplane.load.LoadReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads the message that Envoy sends. A cluster is a pool, by its name; it reports by localities, of which there may be
 * any number, and none for a cluster that had nothing to do.
 *
 * <p>What Envoy drops because a circuit breaker is open it counts apart, as no host is at fault; to the client it is a 503,
 * so here it is an error.
 */
final class Reports {
    private Reports() {}

    static LoadReport read(String node, LoadStatsRequest request, Instant arrival, Predicate<String> isPool) {
        List<LoadReport.OfPool> pools = new ArrayList<>();
        for (ClusterStats cluster : request.getClusterStatsList()) {
            boolean idle = cluster.getUpstreamLocalityStatsCount() == 0 && cluster.getTotalDroppedRequests() == 0;
            if (!idle && isPool.test(cluster.getClusterName())) {
                pools.add(pool(cluster));
            }
        }
        return new LoadReport(node, arrival, pools);
    }

    private static LoadReport.OfPool pool(ClusterStats cluster) {
        long successes = 0;
        long errors = cluster.getTotalDroppedRequests();
        long inProgress = 0;
        for (UpstreamLocalityStats locality : cluster.getUpstreamLocalityStatsList()) {
            successes += locality.getTotalSuccessfulRequests();
            errors += locality.getTotalErrorRequests();
            inProgress += locality.getTotalRequestsInProgress();
        }
        return new LoadReport.OfPool(
                cluster.getClusterName(),
                Duration.ofNanos(Durations.toNanos(cluster.getLoadReportInterval())),
                new Counts(successes + errors, errors),
                inProgress);
    }
}
