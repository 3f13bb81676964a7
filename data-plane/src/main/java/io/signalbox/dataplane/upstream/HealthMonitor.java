package io.signalbox.dataplane.upstream;

import io.netty.channel.EventLoopGroup;
import io.signalbox.dataplane.config.HealthConfig.Check;
import io.signalbox.dataplane.config.HealthConfig.Outliers;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * Watches the hosts of all clusters: probes those that are to be probed, leaves out those whose answers are bad. Confined
 * to the config thread, which is the only one that changes a host's health.
 */
public final class HealthMonitor {
    private final Prober prober;
    private final Executor thread;
    private final BiConsumer<Duration, Runnable> timers;
    private final Clock clock;
    private final Map<Host, ProbeCount> probed = new IdentityHashMap<>();
    private final Map<String, Watch> watched = new HashMap<>();
    private Map<String, Cluster> clusters = Map.of();
    private boolean closed;

    /** A cluster whose answers are looked at; begins anew with a new transport. */
    private record Watch(Transport transport, Ejections ejections) {}

    /**
     * @param thread the config thread
     * @param timers run a task on it after a time
     */
    public HealthMonitor(
            EventLoopGroup eventLoops, Executor thread, BiConsumer<Duration, Runnable> timers, Clock clock) {
        this.prober = new Prober(eventLoops);
        this.thread = thread;
        this.timers = timers;
        this.clock = clock;
    }

    /** Watches these from now on, and no others. */
    public void follow(Map<String, Cluster> now) {
        clusters = now;
        Set<Host> hosts = Collections.newSetFromMap(new IdentityHashMap<>());
        now.values().forEach(cluster -> hosts.addAll(cluster.hosts()));
        probed.keySet().retainAll(hosts);
        watched.keySet().retainAll(now.keySet());
        now.values().forEach(this::follow);
    }

    private void follow(Cluster cluster) {
        Optional<Check> check = cluster.config().health().check();
        if (check.isPresent()) {
            for (Host host : cluster.hosts()) {
                if (!probed.containsKey(host)) {
                    ProbeCount count = new ProbeCount(check.get());
                    probed.put(host, count);
                    probe(cluster.name(), host, check.get(), count);
                }
            }
        }
        cluster.config().health().outliers().ifPresent(rules -> watch(cluster, rules));
    }

    public void close() {
        closed = true;
        probed.clear();
        watched.clear();
    }

    private void probe(String cluster, Host host, Check check, ProbeCount count) {
        if (closed || probed.get(host) != count) {
            return;
        }
        prober.probe(
                host,
                check,
                result -> thread.execute(() -> {
                    boolean before = count.isHealthy();
                    count.add(result);
                    if (before != count.isHealthy()) {
                        if (before) {
                            host.failsProbes();
                        } else {
                            host.passesProbes(clock.instant());
                        }
                        changed(cluster);
                    }
                    timers.accept(check.interval(), () -> probe(cluster, host, check, count));
                }));
    }

    private void watch(Cluster cluster, Outliers rules) {
        Watch known = watched.get(cluster.name());
        if (known != null && known.transport == cluster.transport()) {
            return;
        }
        Watch watch = new Watch(cluster.transport(), new Ejections(rules));
        watched.put(cluster.name(), watch);
        cluster.transport().onOutlier(host -> thread.execute(() -> outlier(cluster.name(), watch, host)));
        sweepLater(cluster.name(), watch, rules);
    }

    private void outlier(String name, Watch watch, Host host) {
        Cluster cluster = clusters.get(name);
        if (cluster == null || watched.get(name) != watch || !cluster.hosts().contains(host)) {
            return;
        }
        if (watch.ejections.eject(host, cluster.hosts().size(), clock.instant())) {
            changed(name);
        } else {
            host.forgetStreaks(); // else it would never be looked at again
        }
    }

    private void sweepLater(String name, Watch watch, Outliers rules) {
        timers.accept(rules.interval(), () -> {
            Cluster cluster = clusters.get(name);
            if (closed || cluster == null || watched.get(name) != watch) {
                return;
            }
            if (watch.ejections.sweep(Set.copyOf(cluster.hosts()), clock.instant())) {
                changed(name);
            }
            sweepLater(name, watch, rules);
        });
    }

    private void changed(String name) {
        Cluster cluster = clusters.get(name);
        if (cluster != null) {
            cluster.healthChanged();
        }
    }
}
