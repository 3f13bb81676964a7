package io.signalbox.dataplane.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.ClusterConfig.Discovery;
import io.signalbox.dataplane.config.ClusterConfig.Limits;
import io.signalbox.dataplane.config.ClusterConfig.LoadBalancing;
import io.signalbox.dataplane.config.EndpointsConfig;
import io.signalbox.dataplane.config.EndpointsConfig.Endpoint;
import io.signalbox.dataplane.config.EndpointsConfig.Locality;
import io.signalbox.dataplane.config.EndpointsConfig.Place;
import io.signalbox.dataplane.config.HealthConfig;
import io.signalbox.dataplane.config.Spread;
import io.signalbox.dataplane.config.Spread.Fallback;
import io.signalbox.dataplane.config.Spread.Selector;
import io.signalbox.dataplane.config.Spread.Subsets;
import io.signalbox.dataplane.config.UpstreamConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which endpoints get how much when localities have weights and endpoints have labels. */
class SpreadTest {
    private static final Locality NEAR = new Locality("eu", "a", "");
    private static final Locality FAR = new Locality("eu", "b", "");
    private static final Map<Place, Long> WEIGHTS = Map.of(new Place(0, NEAR), 3L, new Place(0, FAR), 1L);
    private static final LoadBalancing TURNS = new LoadBalancing.RoundRobin();
    private static final LoadBalancing RING = new LoadBalancing.RingHash(1024, 8192);

    private final Random random = new Random(7);

    @Test
    void aLocalitysShareDoesNotDependOnHowManyEndpointsItHas() {
        Cluster cluster = byLocality(TURNS, at(1, NEAR, true), at(2, FAR, true), at(3, FAR, true));
        assertThat(shares(cluster, Map.of())).isEqualTo(Map.of(1, 750, 2, 125, 3, 125));
    }

    @Test
    void aLocalityTakesLessWhenTooFewOfItAreWell() {
        // One of two is well: 1.4 × 0.5 of 3, so 2.1 : 1.
        Cluster cluster = byLocality(TURNS, at(1, NEAR, true), at(4, NEAR, false), at(2, FAR, true), at(3, FAR, true));
        assertThat(shares(cluster, Map.of()).get(1)).isBetween(676, 679);
    }

    @Test
    void inAPanicLocalitiesDoNotCount() {
        Cluster cluster = byLocality(TURNS, at(1, NEAR, false), at(2, FAR, false), at(3, FAR, true), at(4, FAR, false));
        assertThat(shares(cluster, Map.of())).isEqualTo(Map.of(1, 250, 2, 250, 3, 250, 4, 250));
    }

    @Test
    void aLocalityWithoutAWeightGetsNothing() {
        Cluster cluster = byLocality(TURNS, at(1, NEAR, true), at(2, Locality.NONE, true));
        assertThat(shares(cluster, Map.of())).isEqualTo(Map.of(1, 1000));
        assertThat(shares(byLocality(RING, at(1, NEAR, true), at(2, Locality.NONE, true)), Map.of()))
                .isEqualTo(Map.of(1, 1000));
    }

    @Test
    void aRingHasTheLocalitysWeightsToo() {
        Map<Integer, Integer> shares =
                shares(byLocality(RING, at(1, NEAR, true), at(2, FAR, true), at(3, FAR, true)), Map.of());
        assertThat(shares.get(1)).isBetween(650, 850);
        assertThat(shares).containsOnlyKeys(1, 2, 3);
    }

    @Test
    void onlyEndpointsWithTheLabelsAreTaken() {
        Cluster cluster = subsets(Fallback.NONE);
        assertThat(shares(cluster, Map.of("version", "1"))).isEqualTo(Map.of(1, 500, 2, 500));
        assertThat(shares(cluster, Map.of("version", "1", "stage", "test"))).isEqualTo(Map.of(2, 1000));
        assertThat(shares(cluster, Map.of())).isEqualTo(Map.of(1, 250, 2, 250, 3, 250, 4, 250));
    }

    @Test
    void whenNobodyHasTheLabelsTheSelectorsFallbackHolds() {
        assertThat(shares(subsets(Fallback.NONE), Map.of("version", "9"))).isEmpty();
        assertThat(shares(subsets(Fallback.ANY), Map.of("version", "9"))).hasSize(4);
        assertThat(shares(subsets(Fallback.DEFAULT), Map.of("version", "9"))).isEqualTo(Map.of(3, 1000));
        // No selector is for these: the cluster's own fallback, any.
        assertThat(shares(subsets(Fallback.NONE), Map.of("stage", "test"))).hasSize(4);
    }

    private Cluster subsets(Fallback fallback) {
        Spread spread = new Spread(
                false,
                Optional.of(new Subsets(
                        Fallback.ANY,
                        Map.of("version", "2"),
                        List.of(
                                new Selector(Set.of("version"), fallback),
                                new Selector(Set.of("version", "stage"), fallback)),
                        false)));
        return create(
                spread,
                TURNS,
                labelled(1, Map.of("version", "1")),
                labelled(2, Map.of("version", "1", "stage", "test")),
                labelled(3, Map.of("version", "2")),
                labelled(4, Map.of()));
    }

    private Cluster byLocality(LoadBalancing policy, Endpoint... endpoints) {
        return create(new Spread(true, Optional.empty()), policy, endpoints);
    }

    private Cluster create(Spread spread, LoadBalancing policy, Endpoint... endpoints) {
        ClusterConfig config = new ClusterConfig(
                "c",
                new Discovery.Eds("c"),
                Duration.ofSeconds(1),
                Limits.USUAL,
                policy,
                spread,
                UpstreamConfig.PLAIN,
                new HealthConfig(50, Optional.empty(), Optional.empty()));
        return Cluster.create(
                config,
                new EndpointsConfig(List.of(endpoints), WEIGHTS),
                Optional.empty(),
                new Chance(random::nextLong, Clock.systemUTC()));
    }

    /** Of 1000 picks, how many came to each port. */
    private static Map<Integer, Integer> shares(Cluster cluster, Map<String, String> labels) {
        Map<Integer, Integer> shares = new TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            cluster.pick(labels, OptionalLong.empty())
                    .ifPresent(host -> shares.merge(host.address().getPort(), 1, Integer::sum));
        }
        return shares;
    }

    private static Endpoint at(int port, Locality locality, boolean healthy) {
        return new Endpoint(address(port), 1, new Place(0, locality), healthy, Map.of());
    }

    private static Endpoint labelled(int port, Map<String, String> labels) {
        return new Endpoint(address(port), 1, new Place(0, Locality.NONE), true, labels);
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
