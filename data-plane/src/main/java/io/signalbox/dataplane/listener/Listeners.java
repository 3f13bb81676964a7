package io.signalbox.dataplane.listener;

import io.signalbox.dataplane.config.FilterChainConfig;
import io.signalbox.dataplane.config.ListenerConfig;
import io.signalbox.dataplane.config.NetworkFilter;
import io.signalbox.dataplane.listener.Generation.Accepting;
import io.signalbox.dataplane.state.Snapshot;
import io.signalbox.dataplane.state.Snapshot.ServingListener;
import io.signalbox.dataplane.state.Timers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the sockets be what the snapshot says. A changed listener keeps its socket when it keeps its address, and its old
 * connections drain: their next response is the last, and after the drain time they are closed. Confined to the config
 * thread, except for {@link #addresses()}.
 */
public final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final Workers workers;
    private final Function<NetworkFilter, Service> services;
    private final Timers timers;
    private final Duration drainTime;
    private final Placement placement;
    private final InetAddress localAddress = LocalAddress.find();
    private final Map<String, BoundListener> bound = new HashMap<>();
    private final List<Generation> draining = new ArrayList<>();
    private volatile Map<String, InetSocketAddress> addresses = Map.of();

    /**
     * @param services what a chain does with connections
     * @param drainTime how long connections of a listener that is no more may live. Envoy: {@code --drain-time-s}
     */
    public Listeners(
            Workers workers,
            Function<NetworkFilter, Service> services,
            Timers timers,
            Duration drainTime,
            Placement placement) {
        this.workers = workers;
        this.services = services;
        this.timers = timers;
        this.drainTime = drainTime;
        this.placement = placement;
    }

    /** Bound addresses by listener name. Any thread. */
    public Map<String, InetSocketAddress> addresses() {
        return addresses;
    }

    /** Gives back what could not be bound, by listener name; it is tried again with the next snapshot. */
    public Map<String, String> apply(Snapshot next) {
        Map<String, String> faults = new TreeMap<>();
        for (String name : List.copyOf(bound.keySet())) {
            ServingListener wanted = next.listeners().get(name);
            if (wanted == null || moved(name, wanted.config())) {
                stop(name);
            }
        }
        next.listeners().forEach((name, wanted) -> {
            try {
                serve(name, wanted);
            } catch (IOException e) {
                LOG.error("listener {}: {}", name, e.getMessage());
                faults.put(name, String.valueOf(e.getMessage()));
            }
        });
        Map<String, InetSocketAddress> now = new HashMap<>();
        bound.forEach((name, listener) -> now.put(name, listener.boundAddress()));
        addresses = Map.copyOf(now);
        return faults;
    }

    private boolean moved(String name, ListenerConfig wanted) {
        BoundListener listener = bound.get(name);
        return listener != null && !listener.configuredAddress().equals(wanted.address());
    }

    private void stop(String name) {
        BoundListener listener = bound.remove(name);
        if (listener != null) {
            listener.stopListening();
            drain(listener.generation());
        }
    }

    private void serve(String name, ServingListener wanted) throws IOException {
        BoundListener listener = bound.get(name);
        if (listener == null) {
            Generation first = new Generation(accepting(wanted));
            bound.put(name, BoundListener.bind(first, workers, placement, localAddress));
            return;
        }
        Generation generation = listener.generation();
        ServingListener current = generation.accepting().listener();
        if (!current.config().digest().equals(wanted.config().digest())) {
            listener.replace(new Generation(accepting(wanted)));
            drain(generation);
        } else if (!current.certificates().equals(wanted.certificates())) {
            generation.rotate(rotated(generation.accepting(), wanted));
        }
    }

    private Accepting accepting(ServingListener wanted) {
        List<ServingChain> chains = new ArrayList<>();
        for (FilterChainConfig chain : wanted.config().chains()) {
            Service service = services.apply(chain.filter());
            chains.add(ServingChain.of(chain, service, wanted.certificates().get(chains.size())));
        }
        return new Accepting(wanted, chains);
    }

    private Accepting rotated(Accepting before, ServingListener wanted) {
        List<ServingChain> chains = new ArrayList<>();
        for (ServingChain chain : before.chains()) {
            Service service = services.apply(chain.config().filter());
            chains.add(chain.rotated(service, wanted.certificates().get(chains.size())));
        }
        return new Accepting(wanted, chains);
    }

    private void drain(Generation generation) {
        draining.removeIf(Generation::isIdle);
        draining.add(generation);
        generation.drain();
        timers.schedule(drainTime, generation::closeAll);
    }

    /** Listens no more, and lets requests in flight end. */
    public void shutDown() {
        bound.values().forEach(listener -> {
            listener.stopListening();
            draining.add(listener.generation());
        });
        bound.clear();
        addresses = Map.of();
        draining.forEach(Generation::shutDown);
    }

    /** Whether no connection is left after {@link #shutDown()}. */
    public boolean isIdle() {
        return draining.stream().allMatch(Generation::isIdle);
    }

    public void closeAll() {
        draining.forEach(Generation::closeAll);
    }
}
