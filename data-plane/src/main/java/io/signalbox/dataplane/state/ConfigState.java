package io.signalbox.dataplane.state;

import io.signalbox.dataplane.config.ClusterConfig;
import io.signalbox.dataplane.config.ClusterConfig.Discovery;
import io.signalbox.dataplane.config.EndpointsConfig;
import io.signalbox.dataplane.config.ListenerConfig;
import io.signalbox.dataplane.config.TlsCertificate;
import io.signalbox.dataplane.state.Snapshot.ServingListener;
import io.signalbox.routing.RouteTable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The config as far as it has come, and what of it is in force. Envoy's order: clusters first, and no listener is asked
 * for before they are warm, that is have their endpoints and, where there are health checks, have asked them once; nothing
 * serves before all first listeners are warm, that is have their routes and certificates. Later a new version of a cluster
 * or listener takes over when it is warm; until then the old one stays. What does not come within {@link #FETCH_TIMEOUT} is
 * no longer waited for.
 *
 * <p>Confined to one thread, which the caller and the {@link Timers} share. What has been put together goes out as a
 * {@link Snapshot}.
 */
public final class ConfigState {
    /** Envoy: {@code initial_fetch_timeout}. */
    static final Duration FETCH_TIMEOUT = Duration.ofSeconds(15);

    private record Fetch(ResourceType type, String name) {}

    private static final String EVERYTHING = "*";

    private final Subscriptions subscriptions;
    private final Timers timers;
    private final Function<ListenerConfig, Optional<String>> addressCheck;
    private final Consumer<Snapshot> published;
    private final LiveClusters live;

    private final Set<String> staticNames = new HashSet<>();
    private final Warming<ClusterConfig> clusters = new Warming<>(ClusterConfig::name);
    private final Warming<ListenerConfig> listeners = new Warming<>(ListenerConfig::name);
    private final Map<String, EndpointsConfig> endpoints = new HashMap<>();
    private final Map<String, RouteTable> routes = new HashMap<>();
    private final Map<String, TlsCertificate> secrets = new HashMap<>();
    private final Set<String> staticSecrets = new HashSet<>();

    /** Each with a mark of its own, so that the timer of an earlier wait for the same name does not end a later one. */
    private final Map<Fetch, Object> waitedFor = new HashMap<>();

    private final Set<Fetch> givenUp = new HashSet<>();
    private final List<Runnable> onClustersWarm = new ArrayList<>();
    private final Lookups lookups;
    private boolean clustersFetched;
    private boolean listenersAsked;
    private boolean listenersFetched;
    private boolean initialized;

    /**
     * @param addressCheck what keeps a listener from being bound, if anything does
     * @param published takes each new snapshot
     */
    public ConfigState(
            Subscriptions subscriptions,
            Timers timers,
            Resolver resolver,
            LiveClusters live,
            Function<ListenerConfig, Optional<String>> addressCheck,
            Consumer<Snapshot> published) {
        this.subscriptions = subscriptions;
        this.timers = timers;
        this.lookups = new Lookups(resolver, timers, this::advance);
        this.live = live;
        this.addressCheck = addressCheck;
        this.published = published;
    }

    /** Whether the first config serves. */
    public boolean isInitialized() {
        return initialized;
    }

    /**
     * Begins with what is in the bootstrap and asks for the rest.
     *
     * @param clustersByAds whether clusters come from the control plane, too
     * @param listenersByAds the same for listeners
     */
    public void start(
            List<ClusterConfig> fixedClusters,
            List<ListenerConfig> fixedListeners,
            Map<String, TlsCertificate> fixedSecrets,
            boolean clustersByAds,
            boolean listenersByAds) {
        for (ClusterConfig cluster : fixedClusters) {
            clusters.put(cluster);
            staticNames.add(cluster.name());
        }
        for (ListenerConfig listener : fixedListeners) {
            listeners.put(listener);
        }
        secrets.putAll(fixedSecrets);
        staticSecrets.addAll(fixedSecrets.keySet());
        clustersFetched = !clustersByAds;
        listenersFetched = !listenersByAds;
        listenersAsked = !listenersByAds;
        if (clustersByAds) {
            subscriptions.subscribeToAll(ResourceType.CLUSTER);
            giveUpLater(new Fetch(ResourceType.CLUSTER, EVERYTHING));
        }
        advance();
    }

    public void updateClusters(Map<String, ClusterConfig> updated, Set<String> removed) {
        clustersFetched = true;
        updated.values().stream().filter(c -> !staticNames.contains(c.name())).forEach(clusters::put);
        removed.stream().filter(name -> !staticNames.contains(name)).forEach(clusters::remove);
        advance();
    }

    /** Gives back, by name, what is wrong with the listeners that are not taken. */
    public Map<String, String> updateListeners(Map<String, ListenerConfig> updated, Set<String> removed) {
        listenersFetched = true;
        removed.forEach(listeners::remove);
        Map<String, String> faults = new HashMap<>();
        for (ListenerConfig listener : updated.values()) {
            Optional<String> fault = addressFault(listener);
            if (fault.isPresent()) {
                faults.put(listener.name(), fault.get());
            } else {
                listeners.put(listener);
            }
        }
        advance();
        return faults;
    }

    private Optional<String> addressFault(ListenerConfig listener) {
        InetSocketAddress address = listener.address();
        for (ListenerConfig other : listeners.latest()) {
            if (address.getPort() != 0 && other.address().equals(address)) {
                return other.name().equals(listener.name())
                        ? Optional.empty()
                        : Optional.of("has the address of listener \"" + other.name() + "\"");
            }
        }
        boolean heldByUs = listeners.active().stream().anyMatch(l -> l.address().equals(address));
        return heldByUs ? Optional.empty() : addressCheck.apply(listener);
    }

    /** Endpoints, routes and secrets are dropped when nothing refers to them, not when the control plane removes them. */
    public void updateEndpoints(Map<String, EndpointsConfig> updated) {
        endpoints.putAll(updated);
        advance();
    }

    public void updateRoutes(Map<String, RouteTable> updated) {
        routes.putAll(updated);
        advance();
    }

    public void updateSecrets(Map<String, TlsCertificate> updated) {
        updated.forEach((name, secret) -> {
            if (!staticSecrets.contains(name)) {
                secrets.put(name, secret);
            }
        });
        advance();
    }

    /** The hosts of a cluster have been asked whether they are well. */
    public void probed() {
        advance();
    }

    /** Runs the task when no cluster is warming, maybe at once. */
    public void whenClustersWarm(Runnable task) {
        if (clusters.isWarm()) {
            task.run();
        } else {
            onClustersWarm.add(task);
        }
    }

    private void advance() {
        lookups.follow(References.names(clusters.all()));
        clusters.promote(this::isWarm);
        follow(ResourceType.ENDPOINTS, References.endpoints(clusters.all()), endpoints.keySet());
        boolean clustersReady = clustersFetched && clusters.isWarm();
        if (clustersReady && !listenersAsked) {
            listenersAsked = true;
            subscriptions.subscribeToAll(ResourceType.LISTENER);
            giveUpLater(new Fetch(ResourceType.LISTENER, EVERYTHING));
        }
        listeners.promote(this::isWarm);
        follow(ResourceType.ROUTES, References.routes(listeners.all()), routes.keySet());
        Set<String> secretNames = References.secrets(listeners.all());
        secretNames.addAll(References.secretsOfClusters(clusters.all()));
        secretNames.removeAll(staticSecrets);
        follow(ResourceType.SECRET, secretNames, dynamicSecrets());
        initialized = initialized || clustersReady && listenersFetched && listeners.isWarm();
        Map<String, ServingListener> serving = new HashMap<>();
        if (initialized) {
            listeners.active().forEach(l -> serving.put(l.name(), ServingListener.of(l, secrets)));
        }
        published.accept(new Snapshot(
                live.update(clusters.active(), clusters.next(), this::endpointsOf, secrets), routes, serving));
        if (clusters.isWarm()) {
            List<Runnable> tasks = List.copyOf(onClustersWarm);
            onClustersWarm.clear();
            tasks.forEach(Runnable::run);
        }
    }

    private Set<String> dynamicSecrets() {
        Set<String> names = new HashSet<>(secrets.keySet());
        names.removeAll(staticSecrets);
        return names;
    }

    /** Asks for exactly the names that are referred to, waits for the new ones and forgets the others. */
    private void follow(ResourceType type, Set<String> names, Set<String> held) {
        for (String name : Set.copyOf(held)) {
            if (!names.contains(name)) {
                switch (type) {
                    case ENDPOINTS -> endpoints.remove(name);
                    case ROUTES -> routes.remove(name);
                    case SECRET -> secrets.remove(name);
                    default -> throw new IllegalArgumentException(type.toString());
                }
            }
        }
        givenUp.removeIf(fetch -> fetch.type == type && !names.contains(fetch.name));
        waitedFor.keySet().removeIf(fetch -> fetch.type == type && !names.contains(fetch.name));
        subscriptions.subscribe(type, Set.copyOf(names));
        for (String name : names) {
            Fetch fetch = new Fetch(type, name);
            if (!held.contains(name) && !givenUp.contains(fetch)) {
                giveUpLater(fetch);
            }
        }
    }

    private void giveUpLater(Fetch fetch) {
        Object wait = new Object();
        if (waitedFor.putIfAbsent(fetch, wait) == null) {
            timers.schedule(FETCH_TIMEOUT, () -> giveUp(fetch, wait));
        }
    }

    private void giveUp(Fetch fetch, Object wait) {
        if (!waitedFor.remove(fetch, wait)) {
            return;
        }
        boolean arrived = switch (fetch.type) {
            case CLUSTER -> clustersFetched;
            case LISTENER -> listenersFetched;
            case ENDPOINTS -> endpoints.containsKey(fetch.name);
            case ROUTES -> routes.containsKey(fetch.name);
            case SECRET -> secrets.containsKey(fetch.name);
        };
        if (arrived) {
            return;
        }
        givenUp.add(fetch);
        clustersFetched |= fetch.type == ResourceType.CLUSTER;
        listenersFetched |= fetch.type == ResourceType.LISTENER;
        advance();
    }

    private EndpointsConfig endpointsOf(ClusterConfig cluster) {
        if (cluster.discovery() instanceof Discovery.Static fixed) {
            return fixed.endpoints();
        }
        if (cluster.discovery() instanceof Discovery.StrictDns dns) {
            return lookups.find(dns).orElse(EndpointsConfig.NONE);
        }
        return cluster.edsName().map(endpoints::get).orElse(EndpointsConfig.NONE);
    }

    private boolean isWarm(ClusterConfig cluster) {
        return isFound(cluster)
                && cluster.upstream().secretName().stream().allMatch(name -> has(ResourceType.SECRET, name, secrets))
                && live.isProbed(cluster, endpointsOf(cluster));
    }

    private boolean isFound(ClusterConfig cluster) {
        if (cluster.discovery() instanceof Discovery.StrictDns dns) {
            return lookups.find(dns).isPresent();
        }
        return References.endpoints(cluster).stream().allMatch(name -> has(ResourceType.ENDPOINTS, name, endpoints));
    }

    private boolean isWarm(ListenerConfig listener) {
        return References.routes(listener).stream().allMatch(name -> has(ResourceType.ROUTES, name, routes))
                && References.secrets(listener).stream().allMatch(name -> has(ResourceType.SECRET, name, secrets));
    }

    private boolean has(ResourceType type, String name, Map<String, ?> held) {
        return held.containsKey(name) || givenUp.contains(new Fetch(type, name));
    }
}
