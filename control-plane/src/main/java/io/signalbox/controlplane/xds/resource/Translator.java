package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Message;
import io.signalbox.controlplane.compile.ResolvedCertificate;
import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.compile.ResolvedListener;
import io.signalbox.controlplane.compile.ResolvedPool;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import io.signalbox.controlplane.xds.resource.RouteTables.RouteTable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Translates resolved configs to Envoy's protos. The result depends on the argument alone; what an instance remembers is
 * only which parts of its last result it can hand out again, so that a small change to a large config costs little. A
 * resource that did not change is the same object as in the last result.
 *
 * <p>Not thread-safe: each instance belongs to one thread.
 */
public final class Translator {
    private final Memo<Clusters.Settings, Message> clusters = new Memo<>();
    private final Memo<ResolvedPool, Message> assignments = new Memo<>();
    private final Memo<ResolvedCertificate, Message> secrets = new Memo<>();
    private final Memo<ResolvedListener, Message> listeners = new Memo<>();
    private Map<String, RouteTables> routeTables = Map.of();

    public XdsResources translate(ResolvedConfig config) {
        SortedMap<String, RouteTable> tables = routeTables(config.routes());
        Map<ResourceType, SortedMap<String, Message>> byType = new EnumMap<>(ResourceType.class);
        byType.put(ResourceType.CLUSTER, clusters(config.pools()));
        byType.put(ResourceType.ENDPOINT, each(withAssignment(config.pools()), assignments, Assignments::assignment));
        byType.put(ResourceType.SECRET, each(config.certificates(), secrets, Secrets::secret));
        byType.put(ResourceType.LISTENER, listeners(config.listeners()));
        SortedMap<String, Message> configurations = new TreeMap<>();
        tables.forEach((name, table) -> configurations.put(name, table.configuration()));
        byType.put(ResourceType.ROUTE, Collections.unmodifiableSortedMap(configurations));
        Map<String, Set<String>> clustersOfRoutes = new TreeMap<>();
        tables.forEach((name, table) -> clustersOfRoutes.put(name, table.clusters()));
        Map<String, Set<String>> clustersOfListeners = new TreeMap<>();
        config.listeners().forEach((name, listener) -> clustersOfListeners.put(name, listener.poolNames()));
        return new XdsResources(
                config.revision(),
                Collections.unmodifiableMap(byType),
                Collections.unmodifiableMap(clustersOfRoutes),
                Collections.unmodifiableMap(clustersOfListeners));
    }

    private SortedMap<String, RouteTable> routeTables(SortedMap<String, ResolvedRoutes> routes) {
        SortedMap<String, RouteTable> translated = new TreeMap<>();
        Map<String, RouteTables> used = new HashMap<>();
        routes.forEach((listener, resolved) -> {
            RouteTables known = routeTables.get(listener);
            RouteTables ofListener = known == null ? new RouteTables() : known;
            used.put(listener, ofListener);
            translated.put(listener, ofListener.translate(resolved));
        });
        routeTables = used;
        return translated;
    }

    /** Host names stand in the cluster itself, which looks them up. */
    private static SortedMap<String, ResolvedPool> withAssignment(SortedMap<String, ResolvedPool> pools) {
        SortedMap<String, ResolvedPool> with = new TreeMap<>(pools);
        with.values().removeIf(pool -> pool.spec().hasHostNames());
        return with;
    }

    /** A cluster says nothing of its endpoints, host names apart, so it stays the same object while they change. */
    private SortedMap<String, Message> clusters(SortedMap<String, ResolvedPool> pools) {
        SortedMap<String, Message> translated = new TreeMap<>();
        pools.forEach((name, pool) -> translated.put(
                name,
                clusters.get(name, Clusters.Settings.of(pool.spec()), settings -> Clusters.cluster(name, settings))));
        clusters.endRound();
        return Collections.unmodifiableSortedMap(translated);
    }

    private SortedMap<String, Message> listeners(SortedMap<String, ResolvedListener> resolved) {
        SortedMap<String, Message> translated = new TreeMap<>();
        resolved.forEach((name, listener) -> {
            translated.put(name, listeners.get(name, listener, Listeners::listener));
            if (listener.handshake().http3().isPresent()) {
                String quic = QuicListeners.name(name);
                translated.put(quic, listeners.get(quic, listener, same -> QuicListeners.of(Listeners.listener(same))));
            }
        });
        listeners.endRound();
        return Collections.unmodifiableSortedMap(translated);
    }

    private static <V> SortedMap<String, Message> each(
            SortedMap<String, V> values, Memo<V, Message> memo, Function<V, Message> translate) {
        SortedMap<String, Message> translated = new TreeMap<>();
        values.forEach((name, value) -> translated.put(name, memo.get(name, value, translate)));
        memo.endRound();
        return Collections.unmodifiableSortedMap(translated);
    }
}
