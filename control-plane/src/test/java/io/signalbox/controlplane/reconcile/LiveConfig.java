package io.signalbox.controlplane.reconcile;

import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.Spec;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A config that tests change revision by revision, without a store. */
final class LiveConfig {
    private final Map<ResourceKey, Optional<Resource<?>>> changes = new HashMap<>();
    private Config config = Config.EMPTY;

    LiveConfig http(String name, int port) {
        return put(name, new ListenerSpec("127.0.0.1", port, new ListenerSpec.Http()));
    }

    LiveConfig pool(String name, int port) {
        return pool(name, new LoadBalancing.RoundRobin(), port);
    }

    LiveConfig pool(String name, LoadBalancing loadBalancing, int port) {
        return put(name, new PoolSpec(loadBalancing, List.of(new Endpoint("127.0.0.1", port, 1))));
    }

    LiveConfig route(RouteDraft route) {
        return put(route.name(), route.spec());
    }

    LiveConfig put(String name, Spec spec) {
        ResourceKey key = new ResourceKey(spec.kind(), name);
        long revision = config.revision() + 1;
        long created = config.find(key).map(Resource::createdRevision).orElse(revision);
        changes.put(
                key,
                Optional.of(
                        new Resource<>(name, new TreeMap<>(), spec, created, revision, Instant.EPOCH, Instant.EPOCH)));
        return this;
    }

    LiveConfig drop(Kind kind, String name) {
        changes.put(new ResourceKey(kind, name), Optional.empty());
        return this;
    }

    /** All changes since the last call, as one revision. */
    Config next() {
        config = config.with(config.revision() + 1, changes);
        changes.clear();
        return config;
    }

    long revision() {
        return config.revision();
    }
}
