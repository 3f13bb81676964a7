package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.Action;
import io.signalbox.controlplane.model.CertificateSpec;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.model.TcpForward;
import io.signalbox.controlplane.model.TlsHandshake;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a config that has passed validation. Pure: the same config gives an equal result; any thread may call it.
 *
 * <p>The result shares the specs of the config. So after a small change to a large config most of the old and new result
 * is the same objects, and comparing the two costs little.
 */
public final class Compiler {
    private Compiler() {}

    /** @throws IllegalArgumentException when the config refers to what it does not hold, which validation rules out */
    public static ResolvedConfig compile(Config config) {
        Canaries canaries = new Canaries(config);
        List<RankedRoute> ranked = config.routes().values().stream()
                .map(route -> RankedRoute.of(route, canaries.on(route)))
                .sorted()
                .toList();
        SortedMap<String, ResolvedPool> pools = pools(config);
        Experiments experiments = new Experiments(config);
        Stream.concat(canaries.pools().stream(), experiments.pools().stream())
                .forEach(name -> pools.computeIfAbsent(name, n -> pool(config, n)));
        return new ResolvedConfig(
                config.revision(),
                listeners(config),
                HostTables.of(config, ranked, experiments),
                pools,
                certificates(config, pools));
    }

    private static SortedMap<String, ResolvedListener> listeners(Config config) {
        SortedMap<String, ResolvedListener> resolved = new TreeMap<>();
        config.listeners().forEach((name, listener) -> {
            ListenerSpec spec = listener.spec();
            resolved.put(
                    name,
                    new ResolvedListener(
                            name,
                            spec.address(),
                            spec.port(),
                            certificateNames(spec.protocol()),
                            handshake(spec.protocol()),
                            spec.edge(),
                            spec.accessLog(),
                            spec.protocol() instanceof ListenerSpec.Https https ? https.passthrough() : List.of(),
                            spec.protocol() instanceof ListenerSpec.Tcp tcp
                                    ? Optional.of(tcp.forward())
                                    : Optional.empty()));
        });
        return resolved;
    }

    private static List<String> certificateNames(ListenerSpec.Protocol protocol) {
        return protocol instanceof ListenerSpec.Https https ? https.certificates() : List.of();
    }

    private static TlsHandshake handshake(ListenerSpec.Protocol protocol) {
        return protocol instanceof ListenerSpec.Https https ? https.handshake() : TlsHandshake.DEFAULT;
    }

    private static SortedMap<String, ResolvedPool> pools(Config config) {
        Set<String> seen = new HashSet<>();
        SortedMap<String, ResolvedPool> resolved = new TreeMap<>();
        for (Resource<RouteSpec> route : config.routes().values()) {
            if (route.spec().action() instanceof Action.Forward forward) {
                for (String to : forward.allPoolNames()) {
                    if (seen.add(to)) {
                        Resource<PoolSpec> pool = found(config.pools().get(to), "route", route.name(), "pool", to);
                        resolved.put(to, new ResolvedPool(to, pool.spec()));
                    }
                }
            }
        }
        for (Resource<ListenerSpec> listener : config.listeners().values()) {
            listener.spec().edge().authorization().ifPresent(authorization -> {
                String to = authorization.pool();
                Resource<PoolSpec> pool = found(config.pools().get(to), "listener", listener.name(), "pool", to);
                resolved.computeIfAbsent(to, name -> new ResolvedPool(name, pool.spec()));
            });
            for (TcpForward forward : listener.spec().tcpForwards()) {
                for (String to : forward.poolNames()) {
                    Resource<PoolSpec> pool = found(config.pools().get(to), "listener", listener.name(), "pool", to);
                    resolved.computeIfAbsent(to, name -> new ResolvedPool(name, pool.spec()));
                }
            }
        }
        return resolved;
    }

    private static ResolvedPool pool(Config config, String name) {
        return new ResolvedPool(
                name,
                found(config.pools().get(name), "canary or experiment", "under way", "pool", name)
                        .spec());
    }

    private static SortedMap<String, ResolvedCertificate> certificates(
            Config config, SortedMap<String, ResolvedPool> pools) {
        SortedMap<String, ResolvedCertificate> resolved = new TreeMap<>();
        for (ResolvedPool pool : pools.values()) {
            pool.spec().certificate().ifPresent(name -> {
                Resource<CertificateSpec> certificate =
                        found(config.certificates().get(name), "pool", pool.name(), "certificate", name);
                resolved.put(name, new ResolvedCertificate(name, certificate.spec()));
            });
        }
        for (Resource<ListenerSpec> listener : config.listeners().values()) {
            for (String name : certificateNames(listener.spec().protocol())) {
                Resource<CertificateSpec> certificate =
                        found(config.certificates().get(name), "listener", listener.name(), "certificate", name);
                resolved.computeIfAbsent(name, n -> new ResolvedCertificate(n, certificate.spec()));
            }
        }
        return resolved;
    }

    static <T> T found(@Nullable T target, String kind, String name, String targetKind, String targetName) {
        if (target == null) {
            throw new IllegalArgumentException(
                    kind + " " + name + " names no existing " + targetKind + ": " + targetName);
        }
        return target;
    }
}
