package io.signalbox.controlplane.rest;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.signalbox.controlplane.compile.Compiler;
import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.reconcile.Reconciler;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import io.signalbox.controlplane.xds.resource.Translator;
import io.signalbox.controlplane.xds.serve.AdsServer;
import io.signalbox.controlplane.xds.serve.Propagation;
import io.signalbox.envoy.EnvoyBinary;
import io.signalbox.envoy.EnvoyBootstrap;
import io.signalbox.local.EnvoyProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** A running Envoy that gets one config after another over ADS, each in place of the one before. */
final class LiveEnvoy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Translator translator = new Translator();
    private final Reconciler reconciler = new Reconciler(base -> base, Compiler::compile, this::translate);
    private final AdsServer server = new AdsServer(reconciler, Clock.systemUTC(), Duration.ofHours(1));
    private final EnvoyProcess envoy;
    private long revision;

    LiveEnvoy() throws Exception {
        this(EnvoyBinary.find());
    }

    /** Fields that it does not know it refuses, instead of doing without. */
    LiveEnvoy(EnvoyBinary binary) throws Exception {
        reconciler.offer(Config.of(revision, List.of()));
        int xds = server.start("127.0.0.1", 0);
        envoy = EnvoyProcess.start(
                binary,
                EnvoyBootstrap.builder("live", new EnvoyBootstrap.HostPort("127.0.0.1", xds))
                        .build()
                        .toYaml(),
                new EnvoyProcess.Options(
                        1, "critical", List.of("--drain-time-s", "1", "--reject-unknown-dynamic-fields")));
        envoy.awaitReady(PATIENCE);
        Awaitility.await().atMost(PATIENCE).until(() -> !server.nodes().list().isEmpty());
    }

    boolean isAlive() {
        return envoy.isAlive();
    }

    /** How far the config got. */
    Propagation give(Collection<Resource<?>> resources) {
        reconciler.offer(Config.of(++revision, resources));
        return server.nodes()
                .whenApplied(revision, PATIENCE)
                .toCompletableFuture()
                .join();
    }

    /** Whether addresses and ports of listeners are free on this machine is not what is asked. */
    private XdsResources translate(ResolvedConfig resolved) {
        XdsResources resources = translator.translate(resolved);
        Map<ResourceType, SortedMap<String, Message>> byType = new EnumMap<>(resources.byType());
        byType.computeIfPresent(ResourceType.LISTENER, (type, listeners) -> {
            SortedMap<String, Message> unbound = new TreeMap<>(listeners);
            // Envoy knows none for UDP that is not bound; in files it judges them all the same.
            unbound.values().removeIf(listener -> ((Listener) listener).hasUdpListenerConfig());
            unbound.replaceAll((name, listener) -> ((Listener) listener)
                    .toBuilder().setBindToPort(BoolValue.of(false)).build());
            return unbound;
        });
        return new XdsResources(
                resources.revision(), byType, resources.clustersOfRoutes(), resources.clustersOfListeners());
    }

    @Override
    public void close() {
        envoy.close();
        server.close();
        reconciler.close();
    }
}
