package io.signalbox.controlplane.change;

import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.Endpoint;
import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.LoadBalancing;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.ResourceKey;
import io.signalbox.controlplane.model.RouteMatch;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.model.Spec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Short words for changes. */
public final class Changes {
    public static final Precondition EXISTS = new Precondition.MustExist();
    public static final Precondition IS_NEW = new Precondition.MustNotExist();

    private Changes() {}

    public static Precondition at(long revision) {
        return new Precondition.Revision(revision);
    }

    public static ResourceKey pool(String name) {
        return new ResourceKey(Kind.POOL, name);
    }

    public static ResourceKey route(String name) {
        return new ResourceKey(Kind.ROUTE, name);
    }

    public static Change put(ResourceKey key, Precondition precondition, Spec spec) {
        return new Change.Put(key, precondition, Optional.empty(), spec);
    }

    public static Change put(ResourceKey key, Precondition precondition, Map<String, String> labels, Spec spec) {
        return new Change.Put(key, precondition, Optional.of(new TreeMap<>(labels)), spec);
    }

    public static Change delete(ResourceKey key) {
        return new Change.Delete(key, EXISTS);
    }

    /** A pool whose one endpoint has this port. */
    public static PoolSpec port(int port) {
        return new PoolSpec(new LoadBalancing.RoundRobin(), List.of(new Endpoint("10.0.0.1", port, 1)));
    }

    /** A route for {@code /NAME} on every host. */
    public static RouteSpec to(String path, String... pools) {
        return new RouteSpec(
                List.of("*"),
                List.of(),
                0,
                new RouteMatch(new RouteMatch.PathMatch.Prefix(path), List.of(), List.of(), List.of(), List.of()),
                new Action.Forward(List.of(pools).stream()
                        .map(p -> new Action.WeightedPool(p, 1))
                        .toList()));
    }
}
