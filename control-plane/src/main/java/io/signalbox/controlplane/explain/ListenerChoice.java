package io.signalbox.controlplane.explain;

import com.google.common.net.InetAddresses;
import io.signalbox.controlplane.model.SampleRequest;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a request may arrive. */
final class ListenerChoice {
    private ListenerChoice() {}

    /**
     * By name, those first that listen on the port which the request's host names.
     *
     * @param chains of all listeners
     * @return of each listener the one that is for the client
     */
    static List<EdgePolicy> fitting(List<EdgePolicy> chains, SampleRequest sample) {
        String host = sample.host();
        InetAddress client = InetAddresses.forString(sample.client().orElse(EdgeRequest.CLIENT));
        Map<String, EdgePolicy> ofClient = new LinkedHashMap<>();
        chains.stream()
                .filter(l -> sample.listener().map(l.listener()::equals).orElse(true))
                .filter(l -> sample.scheme().map(l.scheme()::equals).orElse(true))
                .filter(l -> l.sources().strength(client) >= 0)
                .forEach(l -> ofClient.merge(
                        l.listener(),
                        l,
                        (a, b) -> a.sources().strength(client) >= b.sources().strength(client) ? a : b));
        return ofClient.values().stream()
                .sorted(Comparator.comparing((EdgePolicy l) -> !host.endsWith(":" + l.port())))
                .toList();
    }
}
