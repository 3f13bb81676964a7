package io.signalbox.dataplane.upstream;

import io.netty.channel.EventLoopGroup;
import io.signalbox.dataplane.config.HealthConfig.Check;
import io.signalbox.dataplane.config.HealthConfig.Outliers;
import io.signalbox.dataplane.upstream.ProbeCount.Result;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
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
public final class HealthMonitor implements Probes {
    private final Prober prober;
    private final Executor thread;
    private final BiConsumer<Duration, Runnable> timers;
    private final InstantSource clock;
    private final Runnable firstRoundOver;
    private final Map<Host, ProbeCount> probed = new IdentityHashMap<>();
    private final Map<Transport, Watch> watched = new HashMap<>();
    private boolean closed;

    /** One cluster, for as long as its config stays; two of one name while one is to take over from the other. */
    private static final class Watch {
        private final Optional<Ejections> ejections;
        private Cluster cluster;
        private int awaited;

        Watch(Cluster cluster) {
            this.cluster = cluster;
            this.awaited = cluster.transport().isProbed() ? cluster.hosts().size() : 0;
            this.ejections = cluster.config().health().outliers().map(Ejections::new);
        }
    }

    /**
     * @param thread the config thread
     * @param timers run a task on it after a time
     * @param firstRoundOver run there when a cluster has been asked, see {@link #hasAsked}
     */
    public HealthMonitor(
            EventLoopGroup eventLoops,
            Executor thread,
            BiConsumer<Duration, Runnable> timers,
            InstantSource clock,
            Runnable firstRoundOver) {
        this(new WireProber(eventLoops), thread, timers, clock, firstRoundOver);
    }

    HealthMonitor(
            Prober prober,
            Executor thread,
            BiConsumer<Duration, Runnable> timers,
            InstantSource clock,
            Runnable firstRoundOver) {
        this.prober = prober;
        this.thread = thread;
        this.timers = timers;
        this.clock = clock;
        this.firstRoundOver = firstRoundOver;
    }

    @Override
    public void follow(Collection<Cluster> now) {
        if (closed) {
            return;
        }
        Map<Host, Transport> hosts = new IdentityHashMap<>();
        now.forEach(cluster -> cluster.hosts().forEach(host -> hosts.put(host, cluster.transport())));
        for (Host host : Set.copyOf(probed.keySet())) {
            if (!hosts.containsKey(host)) {
                forget(host);
            }
        }
        watched.keySet().retainAll(now.stream().map(Cluster::transport).toList());
        now.forEach(this::follow);
    }

    private void follow(Cluster cluster) {
        Watch watch = watched.get(cluster.transport());
        if (watch == null) {
            watch = new Watch(cluster);
            watched.put(cluster.transport(), watch);
            watchOutliers(watch);
        }
        watch.cluster = cluster;
        Optional<Check> check = cluster.config().health().check();
        if (check.isPresent()) {
            for (Host host : cluster.hosts()) {
                if (!probed.containsKey(host)) {
                    ProbeCount count = new ProbeCount(check.get());
                    probed.put(host, count);
                    probe(host, check.get(), count);
                }
            }
        }
    }

    @Override
    public boolean hasAsked(Cluster cluster) {
        Watch watch = watched.get(cluster.transport());
        return watch == null
                ? !cluster.transport().isProbed() || cluster.hosts().isEmpty()
                : watch.awaited <= 0;
    }

    public void close() {
        closed = true;
        probed.clear();
        watched.clear();
    }

    private void forget(Host host) {
        ProbeCount count = probed.remove(host);
        if (count != null && count.isNew()) {
            ended(host);
        }
    }

    private void ended(Host host) {
        Watch watch = watched.get(host.transport());
        if (watch != null && watch.awaited > 0 && --watch.awaited == 0) {
            thread.execute(firstRoundOver);
        }
    }

    private void probe(Host host, Check check, ProbeCount count) {
        if (probed.get(host) == count) {
            prober.probe(host, check, result -> thread.execute(() -> probed(host, check, count, result)));
        }
    }

    private void probed(Host host, Check check, ProbeCount count, Result result) {
        if (probed.get(host) != count) {
            return;
        }
        boolean before = count.isHealthy();
        count.add(result);
        if (before != count.isHealthy()) {
            if (before) {
                host.failsProbes();
            } else {
                host.passesProbes(clock.instant());
            }
            changed(host.transport());
        }
        ended(host);
        timers.accept(check.interval(), () -> probe(host, check, count));
    }

    private void watchOutliers(Watch watch) {
        Transport transport = watch.cluster.transport();
        if (watch.ejections.isPresent() && transport.outliers().isPresent()) {
            Ejections ejections = watch.ejections.get();
            transport.onOutlier(host -> thread.execute(() -> outlier(watch, ejections, host)));
            sweepLater(watch, ejections, transport.outliers().get());
        }
    }

    private void outlier(Watch watch, Ejections ejections, Host host) {
        Collection<Host> hosts = watch.cluster.hosts();
        if (!isWatched(watch) || !hosts.contains(host)) {
            return;
        }
        if (ejections.eject(host, hosts.size(), clock.instant())) {
            changed(host.transport());
        } else {
            host.forgetStreaks(); // else it would never be looked at again
        }
    }

    private void sweepLater(Watch watch, Ejections ejections, Outliers rules) {
        timers.accept(rules.interval(), () -> {
            if (!isWatched(watch)) {
                return;
            }
            if (ejections.sweep(Set.copyOf(watch.cluster.hosts()), clock.instant())) {
                changed(watch.cluster.transport());
            }
            sweepLater(watch, ejections, rules);
        });
    }

    private boolean isWatched(Watch watch) {
        return watched.get(watch.cluster.transport()) == watch;
    }

    private void changed(Transport transport) {
        Watch watch = watched.get(transport);
        if (watch != null) {
            watch.cluster.healthChanged();
        }
    }
}
