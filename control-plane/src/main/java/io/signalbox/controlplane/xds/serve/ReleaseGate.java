package io.signalbox.controlplane.xds.serve;

import io.signalbox.controlplane.xds.Release;
import io.signalbox.controlplane.xds.ReleaseNeed;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.publish.Snapshot;
import io.signalbox.controlplane.xds.publish.SnapshotSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Keeps from a proxy what its release does not know: it counts as refused before it is sent. Of a RouteConfiguration only
 * the routes that say it are held back.
 */
final class ReleaseGate {
    private final SnapshotSource source;
    private final NodeMemory memory;
    /** Empty for a proxy that does not tell, and for one that is no Envoy. */
    private final Optional<Release> release;

    private List<ReleaseNeed> unmet = List.of();

    ReleaseGate(SnapshotSource source, NodeMemory memory, Optional<Release> release) {
        this.source = source;
        this.memory = memory;
        this.release = release;
    }

    /** What of the newest snapshot the proxy is not to get. */
    List<ReleaseNeed> unmet() {
        return unmet;
    }

    /**
     * To be called before anything is made of the newest snapshot.
     *
     * @param base by RouteConfiguration the snapshot of which the proxy has it
     */
    void apply(Snapshot newest, Function<String, Optional<Snapshot>> base) {
        unmet = release.map(has -> source.unknownTo(has, newest)).orElse(List.of());
        refuse(newest);
        Map<String, Set<String>> routes = new HashMap<>();
        for (ReleaseNeed need : unmet) {
            need.route()
                    .filter(route -> !isHeldBack(need.name(), route))
                    .ifPresent(route -> routes.computeIfAbsent(need.name(), n -> new TreeSet<>())
                            .add(route));
        }
        routes.forEach((configuration, names) ->
                memory.withheld().addAll(source.holdBack(configuration, names, newest, base.apply(configuration))));
    }

    private boolean isHeldBack(String configuration, String route) {
        return memory.withheld().stream().anyMatch(withheld -> withheld.isOf(configuration, route));
    }

    /** Whole resources, as they are in the snapshot that is aimed at. */
    void refuse(Snapshot snapshot) {
        Map<ResourceType, Map<String, String>> versions = new HashMap<>();
        for (ReleaseNeed need : unmet) {
            if (need.route().isEmpty()) {
                snapshot.type(need.type())
                        .find(need.name())
                        .ifPresent(resource -> versions.computeIfAbsent(need.type(), t -> new HashMap<>())
                                .put(resource.name(), resource.version()));
            }
        }
        memory.setUnknown(versions);
    }
}
