package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.publish.EncodedResource;
import io.signalbox.controlplane.xds.publish.Snapshot;
import io.signalbox.controlplane.xds.publish.TypeSnapshot;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Make before break, per reference: clusters and their endpoints, then the routes and listeners that use them, then
 * removals of what none of these uses any more; each step waits for the acknowledgement of the one before (Envoy: "xDS protocol", section
 * "Eventual consistency considerations").
 *
 * <p>A cluster and its endpoints have one name, a listener and its RouteConfiguration too.
 */
final class ReferenceGates implements Gates {
    private final Collection<TypeStream> all;
    private final TypeStream clusters;
    private final TypeStream endpoints;
    private final TypeStream listeners;
    private final TypeStream routes;
    private final NodeMemory memory;
    private final Supplier<Snapshot> snapshot;
    private @Nullable Checked endpointsChecked;

    ReferenceGates(Map<ResourceType, TypeStream> types, NodeMemory memory, Supplier<Snapshot> snapshot) {
        this.snapshot = snapshot;
        this.all = types.values();
        this.clusters = get(types, ResourceType.CLUSTER);
        this.endpoints = get(types, ResourceType.ENDPOINT);
        this.listeners = get(types, ResourceType.LISTENER);
        this.routes = get(types, ResourceType.ROUTE);
        this.memory = memory;
    }

    private static TypeStream get(Map<ResourceType, TypeStream> types, ResourceType type) {
        return Objects.requireNonNull(types.get(type));
    }

    @Override
    public boolean maySend(ResourceType type, EncodedResource resource) {
        return (type != ResourceType.ROUTE && type != ResourceType.LISTENER)
                || resource.clusters().stream().allMatch(this::clusterReady);
    }

    private boolean clusterReady(String name) {
        if (!clusters.started()) {
            return !clustersArePaused();
        }
        if (!clusters.covers(name)) {
            return true;
        }
        if (clusters.isUnderWay(name)) {
            return false; // also its removal, although it may be wanted again by now, as it was
        }
        Held held = clusters.held(name);
        Optional<EncodedResource> wanted = clusters.holdings().wanted(name);
        if (held == Held.NOTHING || held == Held.RESIDUE) {
            return wanted.isEmpty(); // nobody has it: then waiting does not help
        }
        return (wanted.isEmpty() || held.is(wanted) || isRefused(ResourceType.CLUSTER, wanted.get()))
                && endpointsReady(name);
    }

    private boolean endpointsReady(String name) {
        Optional<EncodedResource> wanted = endpoints.holdings().wanted(name);
        return wanted.isEmpty()
                || !endpoints.started()
                || endpoints.held(name).is(wanted)
                || isRefused(ResourceType.ENDPOINT, wanted.get());
    }

    private boolean isRefused(ResourceType type, EncodedResource resource) {
        return memory.isRefused(type, resource.name(), resource.version());
    }

    @Override
    public boolean mayRemove(ResourceType type, String name) {
        return switch (type) {
            case CLUSTER -> !routesMayUse(name) && !listenersMayUse(name);
            case ENDPOINT -> !mayHoldCluster(name);
            case SECRET -> listeners.upToDate() && (!clusters.started() || clusters.upToDate());
            case LISTENER -> true;
            case ROUTE -> !listeners.mayHold(name);
        };
    }

    /**
     * A cluster may be gone before the proxy asked for its endpoints; but it has read of the cluster, and acknowledges
     * neither that nor its removal before it got some.
     */
    @Override
    public Optional<EncodedResource> findSubstitute(ResourceType type, String name) {
        boolean needed = type == ResourceType.ENDPOINT && (clusters.mayHold(name) || clustersArePaused());
        return needed ? endpoints.held(name).content().or(() -> snapshot.get().findLast(type, name)) : Optional.empty();
    }

    private boolean mayHoldCluster(String name) {
        return clusters.mayHold(name) || clustersArePaused();
    }

    /** Envoy asks for clusters first, but not as long as one of them is warming. */
    private boolean clustersArePaused() {
        return !clusters.started() && memory.usesWildcard(ResourceType.CLUSTER);
    }

    private boolean routesMayUse(String cluster) {
        if (!routes.started()) {
            return clusters.resumed() && !asksForNoRoutes();
        }
        return routes.uses(cluster);
    }

    private boolean listenersMayUse(String cluster) {
        return listeners.started() ? listeners.uses(cluster) : clusters.resumed();
    }

    /**
     * Whether a proxy that came back and has not asked for routes will not do so. It does ask if a listener needs some,
     * also one that it does not hold any more but is still draining. All its first requests come before any answer.
     */
    private boolean asksForNoRoutes() {
        return listeners.started()
                && listeners.holdings().unsettled().isEmpty()
                && routes.holdings().target().names().stream().noneMatch(listeners::mayHold)
                && (!memory.isSubscribed(ResourceType.ROUTE) || all.stream().anyMatch(TypeStream::hasAnswered));
    }

    /** To be called before a response becomes the one under way. */
    void sending(ResourceType type, InFlight response) {
        if (type == ResourceType.CLUSTER) {
            oweEndpoints(response);
        }
    }

    /**
     * Envoy acknowledges a changed cluster when endpoints for it came after it, and does not ask for them again if it
     * has some.
     */
    private void oweEndpoints(InFlight response) {
        if (!clusters.delta() && clusters.resumed() && !clusters.hasAccepted()) {
            // What it took of a response whose answer was lost with the last stream, its version does not tell.
            response.push().resources().forEach(cluster -> endpoints.owe(cluster.name()));
        } else {
            response.changed().stream().filter(response::mayBring).forEach(endpoints::owe);
        }
    }

    /** To be called after the first request for endpoints. */
    void endpointsStarted() {
        clusters.inFlight().ifPresent(this::oweEndpoints);
        if (clustersArePaused()) {
            // It reconnected in the middle of that.
            endpoints.oweAll();
        }
    }

    /** Whether the proxy will subscribe to more of this type than it has so far. */
    boolean expectsSubscriptions(ResourceType type) {
        return switch (type) {
            case CLUSTER, LISTENER -> false;
            case ENDPOINT -> !clusters.started() || expectsEndpoints();
            case SECRET -> !listeners.started();
            case ROUTE -> !listeners.started() || expectsRoutes();
        };
    }

    private boolean expectsRoutes() {
        return routes.holdings().target().names().stream()
                .anyMatch(name -> listeners.mayHold(name) && !routes.covers(name));
    }

    private record Checked(TypeSnapshot clusters, TypeSnapshot endpoints, int edits) {}

    private boolean expectsEndpoints() {
        Checked now = new Checked(
                clusters.holdings().target(),
                endpoints.holdings().target(),
                endpoints.subscription().edits());
        boolean settled = clusters.holdings().unsettled().isEmpty();
        if (settled && now.equals(endpointsChecked)) {
            return false;
        }
        boolean expects = endpoints.holdings().target().names().stream()
                .anyMatch(name -> clusters.mayHold(name) && !endpoints.covers(name));
        endpointsChecked = settled && !expects ? now : null;
        return expects;
    }
}
