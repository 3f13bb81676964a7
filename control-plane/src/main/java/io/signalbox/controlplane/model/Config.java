package io.signalbox.controlplane.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that is configured at one revision. Each map goes by name, in name order.
 *
 * @param revision 0 for the empty config that no write has touched
 */
public record Config(
        long revision,
        SortedMap<String, Resource<CertificateSpec>> certificates,
        SortedMap<String, Resource<PoolSpec>> pools,
        SortedMap<String, Resource<ListenerSpec>> listeners,
        SortedMap<String, Resource<VirtualHostSpec>> virtualHosts,
        SortedMap<String, Resource<RouteSpec>> routes,
        SortedMap<String, Resource<RouteTestSpec>> routeTests,
        SortedMap<String, Resource<CanarySpec>> canaries,
        SortedMap<String, Resource<ExperimentSpec>> experiments) {

    public static final Config EMPTY = new Config(
            0,
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap());

    public Config {
        certificates = Collections.unmodifiableSortedMap(certificates);
        pools = Collections.unmodifiableSortedMap(pools);
        listeners = Collections.unmodifiableSortedMap(listeners);
        virtualHosts = Collections.unmodifiableSortedMap(virtualHosts);
        routes = Collections.unmodifiableSortedMap(routes);
        routeTests = Collections.unmodifiableSortedMap(routeTests);
        canaries = Collections.unmodifiableSortedMap(canaries);
        experiments = Collections.unmodifiableSortedMap(experiments);
    }

    public SortedMap<String, ? extends Resource<?>> all(Kind kind) {
        return switch (kind) {
            case CERTIFICATE -> certificates;
            case POOL -> pools;
            case LISTENER -> listeners;
            case VIRTUAL_HOST -> virtualHosts;
            case ROUTE -> routes;
            case ROUTE_TEST -> routeTests;
            case CANARY -> canaries;
            case EXPERIMENT -> experiments;
        };
    }

    public Optional<Resource<?>> find(ResourceKey key) {
        return Optional.ofNullable(all(key.kind()).get(key.name()));
    }

    /**
     * The config after some changes.
     *
     * @param newRevision the revision the result has
     * @param changes for each key the new state, or empty where the resource is deleted
     */
    public Config with(long newRevision, Map<ResourceKey, Optional<Resource<?>>> changes) {
        return new Config(
                newRevision,
                changed(certificates, Kind.CERTIFICATE, CertificateSpec.class, changes),
                changed(pools, Kind.POOL, PoolSpec.class, changes),
                changed(listeners, Kind.LISTENER, ListenerSpec.class, changes),
                changed(virtualHosts, Kind.VIRTUAL_HOST, VirtualHostSpec.class, changes),
                changed(routes, Kind.ROUTE, RouteSpec.class, changes),
                changed(routeTests, Kind.ROUTE_TEST, RouteTestSpec.class, changes),
                changed(canaries, Kind.CANARY, CanarySpec.class, changes),
                changed(experiments, Kind.EXPERIMENT, ExperimentSpec.class, changes));
    }

    public static Config of(long revision, Collection<Resource<?>> resources) {
        Map<ResourceKey, Optional<Resource<?>>> changes = new TreeMap<>();
        resources.forEach(r -> changes.put(r.key(), Optional.of(r)));
        return EMPTY.with(revision, changes);
    }

    private static <S extends Spec> SortedMap<String, Resource<S>> changed(
            SortedMap<String, Resource<S>> before,
            Kind kind,
            Class<S> type,
            Map<ResourceKey, Optional<Resource<?>>> changes) {
        if (changes.keySet().stream().noneMatch(key -> key.kind() == kind)) {
            return before;
        }
        SortedMap<String, Resource<S>> after = new TreeMap<>(before);
        changes.forEach((key, state) -> {
            if (key.kind() == kind) {
                state.ifPresentOrElse(r -> after.put(key.name(), cast(r, type)), () -> after.remove(key.name()));
            }
        });
        return after;
    }

    @SuppressWarnings("unchecked") // the type is checked by hand, which erasure keeps the compiler from seeing
    private static <S extends Spec> Resource<S> cast(Resource<?> resource, Class<S> type) {
        if (!type.isInstance(resource.spec())) {
            throw new IllegalArgumentException(
                    resource.key() + " holds a " + resource.spec().kind());
        }
        return (Resource<S>) resource;
    }
}
