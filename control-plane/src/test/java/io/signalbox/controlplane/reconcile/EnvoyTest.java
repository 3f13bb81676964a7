package io.signalbox.controlplane.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.signalbox.controlplane.compile.Compiler;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import io.signalbox.controlplane.xds.resource.Translator;
import io.signalbox.controlplane.xds.serve.AdsServer;
import io.signalbox.controlplane.xds.serve.NodeStatus;
import io.signalbox.controlplane.xds.serve.Propagation;
import io.signalbox.controlplane.xds.serve.TypeStatus;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.envoy.EnvoyBootstrap;
import io.signalbox.local.EchoBackend;
import io.signalbox.local.EnvoyProcess;
import io.signalbox.local.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From a committed config to what a real Envoy answers. */
@ParameterizedClass(name = "Envoy {0}, {1}")
@MethodSource("envoys")
class EnvoyTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final LiveConfig config = new LiveConfig();
    private final Translator translator = new Translator();
    private final Reconciler reconciler =
            new Reconciler(base -> base, Compiler::compile, resolved -> spoil(translator.translate(resolved)));
    private final AdsServer server = new AdsServer(reconciler, Clock.systemUTC(), Duration.ofHours(24));
    private final EchoBackend one = EchoBackend.start("one");
    private final EchoBackend two = EchoBackend.start("two");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = FreePorts.next();
    private final EnvoyProcess envoy;

    static Stream<Arguments> envoys() {
        return Stream.of(EnvoyBinary.PINNED_VERSION, "1.36.4")
                .flatMap(version ->
                        Stream.of(EnvoyBootstrap.Protocol.values()).map(protocol -> Arguments.of(version, protocol)));
    }

    EnvoyTest(String version, EnvoyBootstrap.Protocol protocol) throws Exception {
        int xds = server.start("127.0.0.1", 0);
        envoy = EnvoyProcess.start(
                EnvoyBinary.version(version),
                EnvoyBootstrap.builder("edge", new EnvoyBootstrap.HostPort("127.0.0.1", xds))
                        .protocol(protocol)
                        .build()
                        .toYaml());
        config.http("edge", port)
                .pool("one", one.port())
                .pool("two", two.port())
                .route(everything("all").forward("one"));
        reconciler.offer(config.next());
        envoy.awaitReady(LONG);
        envoy.awaitListener("edge", LONG);
    }

    @AfterEach
    void stop() {
        envoy.close();
        server.close();
        reconciler.close();
        one.close();
        two.close();
    }

    /** A pool with the largest choice count stands for a cluster that Envoy refuses, which no config of ours gives. */
    private static XdsResources spoil(XdsResources resources) {
        Map<ResourceType, SortedMap<String, Message>> byType = new EnumMap<>(resources.byType());
        SortedMap<String, Message> clusters = new TreeMap<>(Objects.requireNonNull(byType.get(ResourceType.CLUSTER)));
        clusters.computeIfPresent("bad", (name, message) -> {
            Cluster.Builder cluster = ((Cluster) message).toBuilder().setLbPolicy(Cluster.LbPolicy.RING_HASH);
            cluster.getRingHashLbConfigBuilder().getMinimumRingSizeBuilder().setValue(1 << 22);
            cluster.getRingHashLbConfigBuilder().getMaximumRingSizeBuilder().setValue(1);
            return cluster.build();
        });
        byType.put(ResourceType.CLUSTER, clusters);
        return new XdsResources(
                resources.revision(), byType, resources.clustersOfRoutes(), resources.clustersOfListeners());
    }

    private static RouteDraft everything(String name) {
        return RouteDraft.named(name).hosts("*");
    }

    private Propagation apply() {
        reconciler.offer(config.next());
        return server.nodes()
                .whenApplied(config.revision(), LONG)
                .toCompletableFuture()
                .join();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** An acknowledgement is not enough: Envoy's main thread gives it, and the worker follows a moment later. */
    private void assertServes(String path, String backend) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(backend(path)).isEqualTo(backend));
    }

    private void assertAnswers(String path, String body) {
        Awaitility.await()
                .atMost(LONG)
                .untilAsserted(() -> assertThat(get(path).body()).isEqualTo(body));
    }

    private String backend(String path) throws IOException, InterruptedException {
        return get(path).headers().firstValue(EchoBackend.NAME_HEADER).orElse("none");
    }

    private NodeStatus node() {
        return server.nodes().list().get(0);
    }

    private TypeStatus status(ResourceType type) {
        return Objects.requireNonNull(node().types().get(type));
    }

    @Test
    void servesTheFirstConfigAndEdits() throws Exception {
        assertServes("/", "one");
        assertThat(node().envoyVersion()).matches("1\\.\\d+\\.\\d+");

        long listenerUpdates = envoy.stat("listener_manager.lds.update_success");
        config.route(everything("all").forward("two"));
        assertThat(apply().applied()).isTrue();
        assertServes("/", "two");

        assertThat(envoy.stat("listener_manager.lds.update_success"))
                .as("a routing edit never touches LDS")
                .isEqualTo(listenerUpdates);
        assertThat(envoy.stats("^cluster\\.one\\.")).as("a cluster nobody uses").isEmpty();
        assertThat(node().types().values())
                .allSatisfy(type -> assertThat(type.acknowledged())
                        .map(TypeStatus.State::revision)
                        .hasValue(config.revision()));
    }

    @Test
    void updatesAClusterWithoutWaitingForItsEndpoints() throws Exception {
        config.pool("one", new LoadBalancing.LeastRequest(), one.port());
        assertThat(apply().applied()).isTrue();
        assertThat(envoy.stat("cluster.one.init_fetch_timeout")).isZero();
        assertServes("/", "one");

        config.pool("one", new LoadBalancing.RoundRobin(), two.port());
        assertThat(apply().applied()).isTrue();
        assertServes("/", "two");
    }

    @Test
    void aPoolTurnsToHostNamesAndBack() throws Exception {
        config.put(
                "one", new PoolSpec(new LoadBalancing.RoundRobin(), List.of(new Endpoint("localhost", two.port(), 1))));
        assertThat(apply().applied()).isTrue();
        assertServes("/", "two");

        config.pool("one", one.port());
        assertThat(apply().applied()).isTrue();
        assertServes("/", "one");
        assertThat(envoy.stat("cluster.one.init_fetch_timeout")).isZero();
    }

    @Test
    void showsARefusedRouteConfigurationOnceAndNeverSendsItAgain() throws Exception {
        config.route(everything("bad").exact("/bad").action(new Action.Respond(200, Optional.of("x".repeat(5000)))));
        Propagation propagation = apply();
        assertThat(propagation.applied()).isFalse();
        assertThat(propagation.waiting()).containsExactly("edge");
        assertThat(propagation.refused()).singleElement().satisfies(refusal -> {
            assertThat(refusal.type()).isEqualTo(ResourceType.ROUTE);
            assertThat(refusal.message()).contains("5000").contains("4096");
        });
        assertThat(rejections()).isEqualTo(1);

        config.pool("one", two.port());
        apply();
        assertServes("/", "two"); // other types still go out
        assertThat(rejections()).isEqualTo(1);
        assertThat(status(ResourceType.ENDPOINT).acknowledged())
                .map(TypeStatus.State::revision)
                .hasValue(config.revision());
        assertThat(status(ResourceType.ROUTE).refused()).isPresent();

        config.route(everything("other").exact("/other").action(new Action.Respond(200, Optional.of("other"))));
        assertThat(apply().applied()).isFalse();
        assertAnswers("/other", "other"); // another route of the same listener
        assertThat(rejections()).isEqualTo(1);
        assertThat(status(ResourceType.ROUTE).acknowledged())
                .map(TypeStatus.State::revision)
                .hasValue(1L);
        assertThat(status(ResourceType.ROUTE).refused()).isPresent();

        config.route(everything("bad").exact("/bad").action(new Action.Respond(200, Optional.of("good"))));
        assertThat(apply().applied()).isTrue();
        assertAnswers("/bad", "good");
        assertThat(rejections()).isEqualTo(1);
        assertThat(status(ResourceType.ROUTE).refused()).isEmpty();
    }

    private long rejections() {
        return envoy.stats("rds\\..*update_rejected").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void goesOnAfterARefusedCluster() throws Exception {
        config.pool("bad", one.port())
                .route(everything("refused").exact("/refused").forward("bad"));
        config.pool("one", two.port());
        Propagation propagation = apply();
        assertThat(propagation.applied()).isFalse();
        assertThat(propagation.refused()).anySatisfy(refusal -> {
            assertThat(refusal.type()).isEqualTo(ResourceType.CLUSTER);
            assertThat(refusal.message()).contains("bad: ");
        });
        assertThat(envoy.stat("cluster_manager.cds.update_rejected")).isEqualTo(1);
        assertServes("/", "two"); // endpoints of another cluster

        config.route(everything("other").exact("/other").action(new Action.Respond(200, Optional.of("other"))));
        assertThat(apply().applied()).isFalse();
        assertAnswers("/other", "other"); // a route that does not need it

        config.route(everything("refused").exact("/refused").forward("two"));
        assertThat(apply().applied()).as("%s", node()).isTrue();
        assertServes("/refused", "two");
        assertThat(envoy.stat("cluster_manager.cds.update_rejected")).isEqualTo(1);
    }

    @Test
    void switchesPoolsWithoutAFailedRequest() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<List<String>> failures = CompletableFuture.supplyAsync(() -> requestUntil(over));
        for (int i = 0; i < 200; i++) {
            String pool = "pool-" + i;
            config.pool(pool, i % 2 == 0 ? one.port() : two.port())
                    .route(everything("all").forward(pool));
            reconciler.offer(config.next());
            config.drop(Kind.POOL, i == 0 ? "one" : "pool-" + (i - 1));
            if (i % 10 == 0) {
                assertThat(apply().applied()).isTrue();
            } else {
                reconciler.offer(config.next());
            }
        }
        assertThat(apply().applied()).isTrue();
        over.set(true);

        assertThat(failures.get()).isEmpty();
        assertThat(envoy.stat("cluster_manager.active_clusters"))
                .as("pool-199 and xds")
                .isEqualTo(2);
    }

    private List<String> requestUntil(AtomicBoolean over) {
        List<String> failures = new ArrayList<>();
        while (!over.get()) {
            try {
                HttpResponse<String> response = get("/");
                if (response.statusCode() != 200) {
                    failures.add(response.statusCode() + " " + response.body());
                }
            } catch (IOException | InterruptedException e) {
                failures.add(e.toString());
            }
        }
        return failures;
    }
}
