package io.signalbox.dataplane.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.ClusterConfig.Discovery;
import io.signalbox.dataplane.config.ClusterConfig.Limits;
import io.signalbox.dataplane.config.ClusterConfig.LoadBalancing;
import io.signalbox.dataplane.config.EndpointsConfig;
import io.signalbox.dataplane.config.EndpointsConfig.Endpoint;
import io.signalbox.dataplane.config.FilterChainConfig;
import io.signalbox.dataplane.config.HealthConfig;
import io.signalbox.dataplane.config.HealthConfig.Check;
import io.signalbox.dataplane.config.HealthConfig.Probe;
import io.signalbox.dataplane.config.HttpConfig;
import io.signalbox.dataplane.config.HttpConfig.RequestIdPolicy;
import io.signalbox.dataplane.config.HttpConfig.RouteSource;
import io.signalbox.dataplane.config.HttpFilters;
import io.signalbox.dataplane.config.ListenerConfig;
import io.signalbox.dataplane.config.ServerNames;
import io.signalbox.dataplane.config.SourceRanges;
import io.signalbox.dataplane.config.Spread;
import io.signalbox.dataplane.config.TlsConfig;
import io.signalbox.dataplane.config.TlsConfig.CertificateSource;
import io.signalbox.dataplane.config.TrustConfig;
import io.signalbox.dataplane.config.UpstreamConfig;
import io.signalbox.dataplane.upstream.Cluster;
import io.signalbox.dataplane.upstream.Probes;
import io.signalbox.routing.InvalidRouteConfiguration;
import io.signalbox.routing.PathPolicy;
import io.signalbox.routing.PathPolicy.EscapedSlashes;
import io.signalbox.routing.RouteTable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigStateTest {
    private final Map<ResourceType, Set<String>> asked = new EnumMap<>(ResourceType.class);
    private final List<ResourceType> askedForAll = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private final List<Snapshot> published = new ArrayList<>();
    private final FakeProbes probes = new FakeProbes();
    private Optional<String> addressFault = Optional.empty();

    /** Has asked the hosts of whichever clusters a test says. */
    private static final class FakeProbes implements Probes {
        private final List<Cluster> followed = new ArrayList<>();
        private final Set<Cluster> asked = Collections.newSetFromMap(new IdentityHashMap<>());

        @Override
        public void follow(Collection<Cluster> clusters) {
            followed.clear();
            followed.addAll(clusters);
        }

        @Override
        public boolean hasAsked(Cluster cluster) {
            return asked.contains(cluster);
        }

        void askAll() {
            asked.addAll(followed);
        }
    }

    private final ConfigState state = new ConfigState(
            new Subscriptions() {
                @Override
                public void subscribeToAll(ResourceType type) {
                    askedForAll.add(type);
                }

                @Override
                public void subscribe(ResourceType type, Set<String> names) {
                    asked.put(type, names);
                }
            },
            (delay, task) -> {
                assertThat(delay).isEqualTo(Duration.ofSeconds(15));
                timers.add(task);
            },
            (host, found) -> {
                throw new AssertionError(host);
            },
            new LiveClusters(() -> 0, Instant::now, probes),
            listener -> addressFault,
            published::add);

    @Test
    void asksForClustersThenEndpointsThenListenersThenTheirRoutes() {
        start();
        assertThat(askedForAll).containsExactly(ResourceType.CLUSTER);

        state.updateClusters(Map.of("c", cluster("c", 1)), Set.of());
        assertThat(asked.get(ResourceType.ENDPOINTS)).containsExactly("c");
        assertThat(askedForAll).containsExactly(ResourceType.CLUSTER);

        state.updateEndpoints(Map.of("c", endpoints(1)));
        assertThat(askedForAll).containsExactly(ResourceType.CLUSTER, ResourceType.LISTENER);

        state.updateListeners(Map.of("l", listener("l", "1", 80, "r", "s")), Set.of());
        assertThat(asked.get(ResourceType.ROUTES)).containsExactly("r");
        assertThat(asked.get(ResourceType.SECRET)).containsExactly("s");
        assertThat(last().listeners()).isEmpty();
        assertThat(state.isInitialized()).isFalse();

        state.updateRoutes(Map.of("r", routes("r")));
        assertThat(state.isInitialized()).isFalse();
        runTimers();
        assertThat(state.isInitialized()).isTrue();
        assertThat(last().listeners()).containsOnlyKeys("l");
    }

    @Test
    void emptyAnswersAreAnswers() {
        start();
        state.updateClusters(Map.of(), Set.of());
        state.updateListeners(Map.of(), Set.of());
        assertThat(state.isInitialized()).isTrue();
    }

    @Test
    void goesOnWithoutWhatDoesNotCome() {
        start();
        runTimers();
        assertThat(askedForAll).containsExactly(ResourceType.CLUSTER, ResourceType.LISTENER);
        runTimers();
        assertThat(state.isInitialized()).isTrue();

        state.updateClusters(Map.of("c", cluster("c", 1)), Set.of());
        assertThat(last().clusters()).isEmpty();
        runTimers();
        assertThat(last().clusters()).containsOnlyKeys("c");
        assertThat(lastCluster().pick()).isEmpty();

        state.updateEndpoints(Map.of("c", endpoints(1)));
        assertThat(lastCluster().pick()).isPresent();
    }

    @Test
    void aClusterThatComesBackIsWaitedForAnew() {
        serveClusterAndListener();
        List<Runnable> ofTheFirst = List.copyOf(timers);
        state.updateClusters(Map.of(), Set.of("c"));
        state.updateClusters(Map.of("c", cluster("c", 1)), Set.of());

        ofTheFirst.forEach(Runnable::run);
        assertThat(last().clusters()).isEmpty();
        state.updateEndpoints(Map.of("c", endpoints(1)));
        assertThat(lastCluster().pick()).isPresent();
    }

    @Test
    void anOldClusterServesUntilTheNewOneIsWarm() {
        serveClusterAndListener();
        ClusterConfig moved = new ClusterConfig(
                "c", new Discovery.Eds("other"), Duration.ofSeconds(9), new LoadBalancing.RoundRobin(), 50);
        state.updateClusters(Map.of("c", moved), Set.of());

        assertThat(asked.get(ResourceType.ENDPOINTS)).containsExactlyInAnyOrder("c", "other");
        assertThat(lastCluster().connectTimeout()).isEqualTo(Duration.ofSeconds(1));

        state.updateEndpoints(Map.of("other", endpoints(2)));
        assertThat(lastCluster().connectTimeout()).isEqualTo(Duration.ofSeconds(9));
        state.updateClusters(Map.of(), Set.of());
        assertThat(asked.get(ResourceType.ENDPOINTS)).containsExactly("other");
    }

    @Test
    void aNewClusterWaitsForTheFirstRoundOfProbes() {
        start();
        state.updateClusters(Map.of("c", probed("c", 1)), Set.of());
        state.updateEndpoints(Map.of("c", endpoints(1)));
        assertThat(askedForAll).containsExactly(ResourceType.CLUSTER);
        assertThat(last().clusters()).isEmpty();

        probes.askAll();
        Cluster asked = probes.followed.get(0);
        state.probed();
        assertThat(askedForAll).containsExactly(ResourceType.CLUSTER, ResourceType.LISTENER);
        assertThat(lastCluster()).isSameAs(asked);
    }

    @Test
    void anOldClusterServesUntilTheNewOneHasBeenProbed() {
        serveClusterAndListener();
        Cluster before = lastCluster();
        List<String> told = new ArrayList<>();
        state.updateClusters(Map.of("c", probed("c", 9)), Set.of());
        state.whenClustersWarm(() -> told.add("c"));
        assertThat(lastCluster()).isSameAs(before);
        assertThat(probes.followed).hasSize(2).contains(before);
        assertThat(told).isEmpty();

        state.updateEndpoints(Map.of("c", endpoints(2)));
        assertThat(probes.followed)
                .allMatch(c -> c.hosts().iterator().next().address().getPort() == 2);
        probes.askAll();
        state.probed();
        assertThat(lastCluster().connectTimeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(probes.followed).containsExactly(lastCluster());
        assertThat(told).containsExactly("c");
    }

    @Test
    void aClusterIsNotProbedAnewWhenOnlyItsVersionChanges() {
        serveClusterAndListener();
        state.updateClusters(Map.of("c", probed("c", 9)), Set.of());
        probes.askAll();
        state.probed();
        Cluster before = lastCluster();
        probes.asked.clear();

        state.updateClusters(Map.of("c", probed("c", 9)), Set.of());
        assertThat(lastCluster()).isSameAs(before);
        assertThat(probes.followed).containsExactly(before);
    }

    @Test
    void whatIsRemovedBeforeItHasBeenProbedIsWaitedForNoMore() {
        serveClusterAndListener();
        List<String> told = new ArrayList<>();
        state.updateClusters(Map.of("c", probed("c", 9), "d", probed("d", 1)), Set.of());
        state.updateEndpoints(Map.of("d", endpoints(1)));
        state.whenClustersWarm(() -> told.add("warm"));
        state.updateClusters(Map.of("d", cluster("d", 1)), Set.of("c"));

        assertThat(told).containsExactly("warm");
        assertThat(last().clusters()).containsOnlyKeys("d");
        assertThat(probes.followed).hasSize(1);
    }

    @Test
    void anOldListenerServesUntilTheNewOneIsWarm() {
        serveClusterAndListener();
        state.updateListeners(Map.of("l", listener("l", "2", 80, "r2")), Set.of());
        assertThat(lastListener().digest()).isEqualTo("1");
        assertThat(asked.get(ResourceType.ROUTES)).containsExactlyInAnyOrder("r", "r2");

        state.updateRoutes(Map.of("r2", routes("r2")));
        assertThat(lastListener().digest()).isEqualTo("2");
        assertThat(last().routes()).containsKey("r2");
    }

    @Test
    void aRemovedListenerStopsAtOnceAndItsRoutesAreForgotten() {
        serveClusterAndListener();
        state.updateListeners(Map.of(), Set.of("l"));
        assertThat(last().listeners()).isEmpty();
        assertThat(asked.get(ResourceType.ROUTES)).isEmpty();
        state.updateClusters(Map.of(), Set.of());
        assertThat(last().routes()).isEmpty();
    }

    @Test
    void tellsWhenClustersAreWarm() {
        List<String> told = new ArrayList<>();
        start();
        state.whenClustersWarm(() -> told.add("nothing to wait for"));
        state.updateClusters(Map.of("c", cluster("c", 1)), Set.of());
        state.whenClustersWarm(() -> told.add("c"));
        assertThat(told).containsExactly("nothing to wait for");
        state.updateEndpoints(Map.of("c", endpoints(1)));
        assertThat(told).containsExactly("nothing to wait for", "c");
    }

    @Test
    void refusesListenersThatCannotBeBound() {
        serveClusterAndListener();
        addressFault = Optional.of("cannot bind");
        Map<String, String> faults = state.updateListeners(
                Map.of("m", listener("m", "1", 81, "r"), "n", listener("n", "1", 80, "r")), Set.of());

        assertThat(faults).containsEntry("m", "cannot bind").containsEntry("n", "has the address of listener \"l\"");
        assertThat(last().listeners()).containsOnlyKeys("l");
    }

    @Test
    void aListenerMayTakeOverTheAddressOfOneThatGoesInTheSameUpdate() {
        serveClusterAndListener();
        addressFault = Optional.empty();
        Map<String, String> faults = state.updateListeners(Map.of("n", listener("n", "1", 80, "r")), Set.of("l"));
        assertThat(faults).isEmpty();
        assertThat(last().listeners()).containsOnlyKeys("n");
    }

    @Test
    void staticResourcesServeWithoutAControlPlane() {
        ClusterConfig fixed = new ClusterConfig(
                "c", new Discovery.Static(endpoints(1)), Duration.ofSeconds(1), new LoadBalancing.RoundRobin(), 50);
        state.start(List.of(fixed), List.of(), Map.of(), false, false);
        assertThat(state.isInitialized()).isTrue();
        assertThat(last().clusters()).containsOnlyKeys("c");
    }

    @Test
    void staticClustersAreNotReplaced() {
        ClusterConfig fixed = new ClusterConfig(
                "c", new Discovery.Static(endpoints(1)), Duration.ofSeconds(1), new LoadBalancing.RoundRobin(), 50);
        state.start(List.of(fixed), List.of(), Map.of(), true, true);
        state.updateClusters(Map.of("c", cluster("c", 5)), Set.of());
        state.updateClusters(Map.of(), Set.of("c"));
        assertThat(lastCluster().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatDoesNotChangeStaysTheSameObject() {
        serveClusterAndListener();
        var before = lastCluster();
        state.updateRoutes(Map.of("r", routes("r")));
        assertThat(lastCluster()).isSameAs(before);
        state.updateEndpoints(Map.of("c", endpoints(1)));
        assertThat(lastCluster()).isSameAs(before);
        state.updateEndpoints(Map.of("c", endpoints(2)));
        assertThat(lastCluster()).isNotSameAs(before);
    }

    private void start() {
        state.start(List.of(), List.of(), Map.of(), true, true);
    }

    private void serveClusterAndListener() {
        start();
        state.updateClusters(Map.of("c", cluster("c", 1)), Set.of());
        state.updateEndpoints(Map.of("c", endpoints(1)));
        state.updateListeners(Map.of("l", listener("l", "1", 80, "r")), Set.of());
        state.updateRoutes(Map.of("r", routes("r")));
        assertThat(last().listeners()).containsOnlyKeys("l");
    }

    private Snapshot last() {
        return published.get(published.size() - 1);
    }

    private Cluster lastCluster() {
        return Objects.requireNonNull(last().clusters().get("c"));
    }

    private ListenerConfig lastListener() {
        return Objects.requireNonNull(last().listeners().get("l")).config();
    }

    private void runTimers() {
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
    }

    private static ClusterConfig cluster(String name, int timeoutSeconds) {
        return new ClusterConfig(
                name, new Discovery.Eds(name), Duration.ofSeconds(timeoutSeconds), new LoadBalancing.RoundRobin(), 50);
    }

    private static ClusterConfig probed(String name, int timeoutSeconds) {
        Check check = new Check(new Probe.Tcp(), Duration.ofSeconds(5), Duration.ofSeconds(1), 2, 3);
        return new ClusterConfig(
                name,
                new Discovery.Eds(name),
                Duration.ofSeconds(timeoutSeconds),
                Limits.USUAL,
                new LoadBalancing.RoundRobin(),
                Spread.NONE,
                UpstreamConfig.PLAIN,
                new HealthConfig(50, Optional.of(check), Optional.empty()));
    }

    private static EndpointsConfig endpoints(int port) {
        return new EndpointsConfig(
                List.of(new Endpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, true)));
    }

    private static RouteTable routes(String name) {
        try {
            return RouteTable.parse(
                    RouteConfiguration.newBuilder().setName(name).build());
        } catch (InvalidRouteConfiguration e) {
            throw new AssertionError(e);
        }
    }

    private static ListenerConfig listener(String name, String digest, int port, String routes, String... secrets) {
        Optional<TlsConfig> tls = secrets.length == 0
                ? Optional.empty()
                : Optional.of(new TlsConfig(
                        List.of(new CertificateSource.Sds(secrets[0])),
                        List.of("TLSv1.3"),
                        List.of(),
                        List.of(),
                        Optional.empty()));
        HttpConfig http = new HttpConfig(
                new RouteSource.Rds(routes),
                "envoy",
                new TrustConfig(true, 0, false, List.of()),
                new PathPolicy(true, true, EscapedSlashes.KEEP),
                false,
                new RequestIdPolicy(true, false, false),
                true,
                60 * 1024,
                100,
                1 << 20,
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty(),
                new HttpFilters(List.of()),
                List.of());
        return new ListenerConfig(
                name,
                digest,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                Optional.empty(),
                Duration.ZERO,
                List.of(new FilterChainConfig(ServerNames.ALL, SourceRanges.ALL, OptionalLong.empty(), tls, http)));
    }
}
