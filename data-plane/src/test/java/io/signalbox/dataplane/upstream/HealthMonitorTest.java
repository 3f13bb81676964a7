package io.signalbox.dataplane.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.ClusterConfig.Discovery;
import io.signalbox.dataplane.config.ClusterConfig.Limits;
import io.signalbox.dataplane.config.ClusterConfig.LoadBalancing;
import io.signalbox.dataplane.config.EndpointsConfig;
import io.signalbox.dataplane.config.EndpointsConfig.Endpoint;
import io.signalbox.dataplane.config.HealthConfig;
import io.signalbox.dataplane.config.HealthConfig.Check;
import io.signalbox.dataplane.config.HealthConfig.Probe;
import io.signalbox.dataplane.config.Spread;
import io.signalbox.dataplane.config.UpstreamConfig;
import io.signalbox.dataplane.upstream.ProbeCount.Result;
import io.signalbox.testkit.FakeClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a cluster's first round of probes is over, as Envoy counts. */
class HealthMonitorTest {
    private static final Check CHECK = new Check(new Probe.Tcp(), Duration.ofSeconds(5), Duration.ofSeconds(1), 2, 3);

    private final Map<Integer, Consumer<Result>> underWay = new LinkedHashMap<>();
    private final Queue<Runnable> thread = new ArrayDeque<>();
    private final List<Runnable> timers = new ArrayList<>();
    private int roundsOver;

    private final HealthMonitor monitor = new HealthMonitor(
            (host, check, result) -> underWay.put(host.address().getPort(), result),
            thread::add,
            (delay, task) -> {
                assertThat(delay).isEqualTo(CHECK.interval());
                timers.add(task);
            },
            new FakeClock(),
            () -> roundsOver++);

    @Test
    void isOverWhenEveryHostHasAnsweredWhateverItIs() {
        Cluster cluster = cluster(1, Optional.empty(), 1, 2);
        monitor.follow(List.of(cluster));
        answer(1, Result.GOOD);
        assertThat(monitor.hasAsked(cluster)).isFalse();

        answer(2, Result.NONE);
        assertThat(monitor.hasAsked(cluster)).isTrue();
        assertThat(roundsOver).isEqualTo(1);
        assertThat(cluster.pick().orElseThrow().address().getPort()).isEqualTo(1);
    }

    @Test
    void countsAnswersNotHosts() {
        Cluster cluster = cluster(1, Optional.empty(), 1, 2);
        monitor.follow(List.of(cluster));
        answer(1, Result.GOOD);
        passTime();
        answer(1, Result.GOOD);

        assertThat(monitor.hasAsked(cluster)).isTrue();
    }

    @Test
    void doesNotWaitForWhoComesLaterNorForWhoGoes() {
        Cluster first = cluster(1, Optional.empty(), 1, 2);
        monitor.follow(List.of(first));
        Cluster second = cluster(1, Optional.of(first), 2, 3);
        monitor.follow(List.of(second));
        answer(1, Result.GOOD); // from who is gone
        assertThat(monitor.hasAsked(second)).isFalse();

        answer(2, Result.BAD);
        assertThat(monitor.hasAsked(second)).isTrue();
        assertThat(roundsOver).isEqualTo(1);
    }

    @Test
    void isOverAtOnceWhereNobodyIsToBeAsked() {
        Cluster nobody = cluster(1, Optional.empty());
        Cluster unprobed = cluster(Optional.empty(), 1, Optional.empty(), 1);

        assertThat(monitor.hasAsked(nobody)).isTrue();
        assertThat(monitor.hasAsked(unprobed)).isTrue();
        monitor.follow(List.of(nobody, unprobed));
        assertThat(monitor.hasAsked(nobody)).isTrue();
        assertThat(monitor.hasAsked(unprobed)).isTrue();
        assertThat(underWay).isEmpty();
    }

    @Test
    void probesTheOldAndTheNewClusterOfOneNameEachByItself() {
        Cluster before = cluster(1, Optional.empty(), 1);
        monitor.follow(List.of(before));
        answer(1, Result.GOOD);
        Cluster after = cluster(2, Optional.empty(), 1);
        monitor.follow(List.of(before, after));
        assertThat(monitor.hasAsked(before)).isTrue();
        assertThat(monitor.hasAsked(after)).isFalse();
        assertThat(after.pick()).isEmpty();

        answer(1, Result.GOOD);
        assertThat(after.pick()).isPresent();
        monitor.follow(List.of(after));
        assertThat(monitor.hasAsked(after)).isTrue();
    }

    private void answer(int port, Result result) {
        Objects.requireNonNull(underWay.get(port)).accept(result);
        while (!thread.isEmpty()) {
            thread.remove().run();
        }
    }

    private void passTime() {
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
    }

    private static Cluster cluster(int timeout, Optional<Cluster> before, int... ports) {
        return cluster(Optional.of(CHECK), timeout, before, ports);
    }

    private static Cluster cluster(Optional<Check> check, int timeout, Optional<Cluster> before, int... ports) {
        ClusterConfig config = new ClusterConfig(
                "c",
                new Discovery.Eds("c"),
                Duration.ofSeconds(timeout),
                Limits.USUAL,
                new LoadBalancing.RoundRobin(),
                Spread.NONE,
                UpstreamConfig.PLAIN,
                new HealthConfig(0, check, Optional.empty()));
        List<Endpoint> endpoints = IntStream.of(ports)
                .mapToObj(port -> new Endpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, true))
                .toList();
        return Cluster.create(config, new EndpointsConfig(endpoints), before, new Chance(() -> 0, new FakeClock()));
    }
}
