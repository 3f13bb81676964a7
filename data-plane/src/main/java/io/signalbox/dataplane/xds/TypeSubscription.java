package io.signalbox.dataplane.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.signalbox.dataplane.state.ResourceType;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is asked for of one type, on this stream and beyond: the versions of what is in force outlive a stream, so that
 * after a reconnect only what has changed is sent. Confined to the config thread.
 */
final class TypeSubscription {
    private final ResourceType type;
    private final Map<String, String> versions = new TreeMap<>();
    private boolean everything;
    private Set<String> wanted = Set.of();
    private Set<String> asked = new HashSet<>();
    private boolean open;

    TypeSubscription(ResourceType type) {
        this.type = type;
    }

    void wantEverything() {
        everything = true;
    }

    void want(Set<String> names) {
        wanted = names;
        versions.keySet().retainAll(names);
    }

    /** A new stream knows nothing of what was asked before. */
    void streamStarted() {
        open = false;
        asked = new HashSet<>();
    }

    /** The request that tells the server of what it does not know yet; empty when it knows all. */
    Optional<DeltaDiscoveryRequest.Builder> nextRequest() {
        Set<String> added = new TreeSet<>(wanted);
        added.removeAll(asked);
        Set<String> dropped = new TreeSet<>(asked);
        dropped.removeAll(wanted);
        boolean first = !open && (everything || !added.isEmpty());
        if (!first && added.isEmpty() && dropped.isEmpty()) {
            return Optional.empty();
        }
        DeltaDiscoveryRequest.Builder request = DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(type.typeUrl())
                .addAllResourceNamesSubscribe(added)
                .addAllResourceNamesUnsubscribe(dropped);
        if (!open) {
            request.putAllInitialResourceVersions(versions);
        }
        open = true;
        asked = new HashSet<>(wanted);
        return Optional.of(request);
    }

    void inForce(String name, String version) {
        if (everything || wanted.contains(name)) {
            versions.put(name, version);
        }
    }

    void removed(String name) {
        versions.remove(name);
    }

    /** Versions of what is in force, by resource name. */
    Map<String, String> versions() {
        return Map.copyOf(versions);
    }
}
