package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.CanarySpec;
import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.ExperimentSpec;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.PrivateKeyPem;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.Spec;
import io.signalbox.controlplane.model.VirtualHostSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** Writes configs for tests. Each resource is created one revision after the one before. */
public final class ConfigDraft {
    private final List<Resource<?>> resources = new ArrayList<>();

    public ConfigDraft http(String name, int port) {
        return add(name, new ListenerSpec("127.0.0.1", port, new ListenerSpec.Http()));
    }

    public ConfigDraft https(String name, int port, String... certificates) {
        return add(name, new ListenerSpec("127.0.0.1", port, new ListenerSpec.Https(List.of(certificates))));
    }

    public ConfigDraft listener(String name, ListenerSpec listener) {
        return add(name, listener);
    }

    public ConfigDraft virtualHost(String name, VirtualHostSpec host) {
        return add(name, host);
    }

    public ConfigDraft certificate(String name, String chain, String key) {
        return add(name, new CertificateSpec(chain, new PrivateKeyPem(key)));
    }

    /** @param ports of endpoints on loopback */
    public ConfigDraft pool(String name, int... ports) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int port : ports) {
            endpoints.add(new Endpoint("127.0.0.1", port, 1));
        }
        return pool(name, new LoadBalancing.RoundRobin(), endpoints);
    }

    public ConfigDraft pool(String name, LoadBalancing loadBalancing, List<Endpoint> endpoints) {
        return pool(name, new PoolSpec(loadBalancing, endpoints));
    }

    public ConfigDraft pool(String name, PoolSpec pool) {
        return add(name, pool);
    }

    public ConfigDraft route(RouteDraft route) {
        return add(route.name(), route.spec());
    }

    public ConfigDraft canary(String name, CanarySpec canary) {
        return add(name, canary);
    }

    public ConfigDraft experiment(String name, ExperimentSpec experiment) {
        return add(name, experiment);
    }

    private ConfigDraft add(String name, Spec spec) {
        long revision = resources.size() + 1;
        resources.add(new Resource<>(name, new TreeMap<>(), spec, revision, revision, Instant.EPOCH, Instant.EPOCH));
        return this;
    }

    public Config config() {
        return Config.of(resources.size(), resources);
    }

    public ResolvedConfig compiled() {
        return Compiler.compile(config());
    }

    public static List<ResolvedRoutes.Host> hosts(ResolvedConfig config, String listener) {
        return Objects.requireNonNull(config.routes().get(listener)).hosts();
    }
}
