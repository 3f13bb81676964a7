package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.publish.EncodedResource;
import io.signalbox.controlplane.xds.publish.Snapshot;
import io.signalbox.controlplane.xds.publish.SnapshotSource;
import io.signalbox.controlplane.xds.publish.Withholding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;

/**
 * What a session works towards: the newest snapshot, or a variant of it when the proxy refused a part or does not know it.
 * So a route that a proxy refuses, or that needs a cluster that it refuses, does not keep later edits of other routes from it.
 */
final class Aim {
    private final SnapshotSource source;
    private final NodeMemory memory;
    private final ReleaseGate gate;
    private final TypeStream clusters;
    private final TypeStream routes;
    /** By RouteConfiguration, the newest snapshot of which some proxy accepted it; shared by all sessions. */
    private final ConcurrentMap<String, Snapshot> acceptedByAny;

    /** By RouteConfiguration that is not as it should be, the snapshot of which the proxy has it. */
    private final Map<String, Snapshot> bases = new HashMap<>();

    private Snapshot newest;
    private Snapshot target;
    private Snapshot routesSentOf;

    /** @param newest of which the streams were made, too */
    Aim(
            SnapshotSource source,
            Snapshot newest,
            NodeMemory memory,
            ReleaseGate gate,
            TypeStream clusters,
            TypeStream routes,
            ConcurrentMap<String, Snapshot> acceptedByAny) {
        this.source = source;
        this.memory = memory;
        this.gate = gate;
        this.clusters = clusters;
        this.routes = routes;
        this.acceptedByAny = acceptedByAny;
        this.newest = newest;
        this.target = newest;
        this.routesSentOf = newest;
    }

    /** What of the newest snapshot the proxy's release does not know. */
    List<ReleaseNeed> unknown() {
        return gate.unmet();
    }

    Snapshot newest() {
        return newest;
    }

    void setNewest(Snapshot snapshot) {
        newest = snapshot;
    }

    Snapshot target() {
        return target;
    }

    /** Whether of this type the proxy is to have what is newest. */
    boolean isNewest(ResourceType type) {
        return target.type(type) == newest.type(type);
    }

    /** To be called after every event; the streams must follow when the target changes. */
    boolean changes() {
        memory.withheld().removeIf(withheld -> !withheld.appliesTo(newest));
        gate.apply(newest, this::findHeld);
        Snapshot next = source.withhold(newest, withholding());
        gate.refuse(next);
        if (next == target) {
            return false;
        }
        for (String name : next.type(ResourceType.ROUTE).differingFrom(target.type(ResourceType.ROUTE))) {
            if (isSettled(name)) {
                bases.put(name, target);
            }
        }
        target = next;
        return true;
    }

    private boolean isSettled(String routeConfiguration) {
        return routes.covers(routeConfiguration)
                && !routes.holdings().unsettled().containsKey(routeConfiguration);
    }

    void routesSent() {
        routesSentOf = target;
    }

    void routesAccepted(InFlight response) {
        response.touched().forEach((name, resource) -> {
            if (resource.isPresent()) {
                bases.put(name, routesSentOf);
                acceptedByAny.merge(
                        name, routesSentOf, (one, other) -> other.revision() >= one.revision() ? other : one);
            }
        });
    }

    void routesRefused(InFlight response) {
        for (Map.Entry<String, Optional<EncodedResource>> e : response.touched().entrySet()) {
            boolean refused = e.getValue()
                    .filter(resource -> memory.isRefused(ResourceType.ROUTE, e.getKey(), resource.version()))
                    .isPresent();
            if (refused && hasKnownBase(e.getKey())) {
                findBase(e.getKey())
                        .ifPresent(base -> memory.withheld().addAll(source.blame(e.getKey(), base, routesSentOf)));
            }
        }
    }

    private Withholding withholding() {
        Set<String> unavailable = unavailableClusters();
        Map<String, Optional<Snapshot>> affected = new HashMap<>();
        if (!unavailable.isEmpty()) {
            for (EncodedResource route : newest.type(ResourceType.ROUTE).resources()) {
                boolean needs = route.clusters().stream().anyMatch(unavailable::contains);
                if (needs && routes.covers(route.name()) && hasKnownBase(route.name())) {
                    affected.put(route.name(), findBase(route.name()));
                }
            }
        }
        return new Withholding(memory.withheld(), unavailable, affected);
    }

    /** Those that the proxy refused and has not in any version. */
    private Set<String> unavailableClusters() {
        Set<String> unavailable = new HashSet<>();
        for (String name : memory.refusedNames(ResourceType.CLUSTER)) {
            Held held = clusters.held(name);
            boolean refused = newest.type(ResourceType.CLUSTER)
                    .find(name)
                    .filter(cluster -> memory.isRefused(ResourceType.CLUSTER, name, cluster.version()))
                    .isPresent();
            if (refused && (held == Held.NOTHING || held == Held.RESIDUE)) {
                unavailable.add(name);
            }
        }
        return unavailable;
    }

    /** Nothing may be held back from what we do not know: a route that the proxy serves could be lost. */
    private boolean hasKnownBase(String routeConfiguration) {
        return routes.held(routeConfiguration) == Held.NOTHING
                || isSettled(routeConfiguration)
                || bases.containsKey(routeConfiguration);
    }

    /** The snapshot of which the proxy has a RouteConfiguration; empty if it has none, or one that we do not know. */
    private Optional<Snapshot> findHeld(String routeConfiguration) {
        if (isSettled(routeConfiguration)) {
            return Optional.of(target);
        }
        return Optional.ofNullable(bases.get(routeConfiguration));
    }

    private Optional<Snapshot> findBase(String routeConfiguration) {
        if (isSettled(routeConfiguration)) {
            return Optional.of(target);
        }
        return routes.held(routeConfiguration) == Held.NOTHING
                ? Optional.ofNullable(acceptedByAny.get(routeConfiguration))
                : Optional.ofNullable(bases.get(routeConfiguration));
    }
}
