package io.signalbox.dataplane.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.ClusterConfig.Discovery;
import io.signalbox.dataplane.config.ClusterConfig.LoadBalancing;
import io.signalbox.dataplane.config.EndpointsConfig;
import io.signalbox.dataplane.config.EndpointsConfig.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterTest {
    private static final ClusterConfig CONFIG =
            new ClusterConfig("c", new Discovery.Eds("c"), Duration.ofSeconds(1), new LoadBalancing.RoundRobin(), 50);

    @Test
    void hasNobodyToPickWithoutEndpoints() {
        assertThat(create(Optional.empty()).pick()).isEmpty();
    }

    @Test
    void picksHealthyHostsOnly() {
        Cluster cluster = create(Optional.empty(), up(1), up(2), down(3));

        assertThat(ports(cluster, 20)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void ignoresHealthWhenLessThanHalfAreHealthy() {
        Cluster cluster = create(Optional.empty(), up(1), down(2), down(3));

        assertThat(ports(cluster, 20)).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void keepsHostsThatStayAndRetiresThoseThatGo() {
        Cluster before = create(Optional.empty(), up(1), up(2));
        Cluster after = create(Optional.of(before), up(2), up(3));
        before.retireAllBut(Optional.of(after));

        Host gone = host(before, 1);
        Host stays = host(before, 2);
        assertThat(gone.isRetired()).isTrue();
        assertThat(stays.isRetired()).isFalse();
        assertThat(host(after, 2)).isSameAs(stays);
    }

    @Test
    void retiresAllHostsOfARemovedCluster() {
        Cluster cluster = create(Optional.empty(), up(1), up(2));
        cluster.retireAllBut(Optional.empty());

        assertThat(cluster.hosts()).allMatch(Host::isRetired);
    }

    private static Host host(Cluster cluster, int port) {
        return cluster.hosts().stream()
                .filter(h -> h.address().getPort() == port)
                .findFirst()
                .orElseThrow();
    }

    private static Set<Integer> ports(Cluster cluster, int picks) {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < picks; i++) {
            ports.add(cluster.pick().orElseThrow().address().getPort());
        }
        return ports;
    }

    private static Cluster create(Optional<Cluster> before, Endpoint... endpoints) {
        return Cluster.create(
                CONFIG, new EndpointsConfig(List.of(endpoints)), before, new Chance(() -> 0, Clock.systemUTC()));
    }

    private static Endpoint up(int port) {
        return new Endpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, true);
    }

    private static Endpoint down(int port) {
        return new Endpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, false);
    }
}
