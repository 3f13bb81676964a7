package io.signalbox.controlplane.compile;

import java.util.Collections;
import java.util.SortedMap;

/**
 * A config in which nothing is left to look up: what proxies are to do at one revision. Maps go by name.
 *
 * @param listeners every listener
 * @param routes for each HTTP(S) listener, by its name, what it serves
 * @param pools the pools that some route or listener forwards to, no others
 * @param certificates the certificates that some listener serves with or some of these pools shows, no others
 */
public record ResolvedConfig(
        long revision,
        SortedMap<String, ResolvedListener> listeners,
        SortedMap<String, ResolvedRoutes> routes,
        SortedMap<String, ResolvedPool> pools,
        SortedMap<String, ResolvedCertificate> certificates) {
    public ResolvedConfig {
        listeners = Collections.unmodifiableSortedMap(listeners);
        routes = Collections.unmodifiableSortedMap(routes);
        pools = Collections.unmodifiableSortedMap(pools);
        certificates = Collections.unmodifiableSortedMap(certificates);
    }
}
