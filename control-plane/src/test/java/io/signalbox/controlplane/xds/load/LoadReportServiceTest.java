package io.signalbox.controlplane.xds.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterStats;
import io.envoyproxy.envoy.config.endpoint.v3.UpstreamLocalityStats;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsRequest;
import io.envoyproxy.envoy.service.load_stats.v3.LoadStatsResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.signalbox.controlplane.load.Counts;
import io.signalbox.controlplane.load.LoadReport;
import io.signalbox.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoadReportServiceTest {
    private final FakeClock clock = new FakeClock();
    private final List<LoadReport> reports = new ArrayList<>();
    private final Answers answers = new Answers();
    private final StreamObserver<LoadStatsRequest> stream =
            new LoadReportService(name -> !name.equals("xds"), reports::add, clock).streamLoadStats(answers);

    @Test
    void asksForAllClustersEachSecondAsSoonAsItKnowsWhoCalls() {
        hello("edge-1");

        LoadStatsResponse wanted = answers.responses.get(0);
        assertThat(answers.responses).hasSize(1);
        assertThat(wanted.getSendAllClusters()).isTrue();
        assertThat(Durations.toMillis(wanted.getLoadReportingInterval())).isEqualTo(1_000);
        assertThat(reports).containsExactly(new LoadReport("edge-1", clock.instant(), List.of()));
    }

    @Test
    void addsUpLocalitiesAndLeavesOutClustersThatAreNoPools() {
        hello("edge-1");
        stream.onNext(LoadStatsRequest.newBuilder()
                .addClusterStats(cluster("a", locality(10, 1, 2), locality(20, 0, 1)))
                .addClusterStats(cluster("xds", locality(5, 5, 5)))
                .build());

        assertThat(reports)
                .endsWith(new LoadReport(
                        "edge-1",
                        clock.instant(),
                        List.of(new LoadReport.OfPool("a", Duration.ofSeconds(1), new Counts(31, 1), 3))));
    }

    @Test
    void anIdleProxyReportsToo() {
        hello("edge-1");
        stream.onNext(
                LoadStatsRequest.newBuilder().addClusterStats(cluster("a")).build());

        assertThat(reports).hasSize(2).endsWith(new LoadReport("edge-1", clock.instant(), List.of()));
    }

    @Test
    void whatAStreamBeginsWithCounts() {
        LoadStatsRequest.Builder hello = LoadStatsRequest.newBuilder();
        hello.getNodeBuilder().setId("edge-1");
        stream.onNext(hello.addClusterStats(cluster("a", locality(7, 0, 0))).build());

        assertThat(reports)
                .containsExactly(new LoadReport(
                        "edge-1",
                        clock.instant(),
                        List.of(new LoadReport.OfPool("a", Duration.ofSeconds(1), new Counts(7, 0), 0))));
    }

    @Test
    void whatACircuitBreakerRefusedIsAnError() {
        hello("edge-1");
        stream.onNext(LoadStatsRequest.newBuilder()
                .addClusterStats(cluster("a").toBuilder().setTotalDroppedRequests(3))
                .build());

        assertThat(reports)
                .endsWith(new LoadReport(
                        "edge-1",
                        clock.instant(),
                        List.of(new LoadReport.OfPool("a", Duration.ofSeconds(1), new Counts(3, 3), 0))));
    }

    @Test
    void refusesWhoDoesNotSayWhoItIs() {
        hello("");

        assertThat(answers.failures).extracting(Status::getCode).containsExactly(Status.Code.INVALID_ARGUMENT);
    }

    private void hello(String id) {
        LoadStatsRequest.Builder hello = LoadStatsRequest.newBuilder();
        hello.getNodeBuilder().setId(id);
        stream.onNext(hello.build());
    }

    private static ClusterStats cluster(String name, UpstreamLocalityStats... localities) {
        return ClusterStats.newBuilder()
                .setClusterName(name)
                .addAllUpstreamLocalityStats(List.of(localities))
                .setLoadReportInterval(Durations.fromSeconds(1))
                .build();
    }

    private static UpstreamLocalityStats locality(long successes, long errors, long inProgress) {
        return UpstreamLocalityStats.newBuilder()
                .setTotalSuccessfulRequests(successes)
                .setTotalErrorRequests(errors)
                .setTotalRequestsInProgress(inProgress)
                .build();
    }

    private static final class Answers implements StreamObserver<LoadStatsResponse> {
        private final List<LoadStatsResponse> responses = new ArrayList<>();
        private final List<Status> failures = new ArrayList<>();

        @Override
        public void onNext(LoadStatsResponse response) {
            responses.add(response);
        }

        @Override
        public void onError(Throwable failure) {
            failures.add(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {}
    }
}
