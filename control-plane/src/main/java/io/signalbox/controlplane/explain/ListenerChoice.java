package io.signalbox.controlplane.explain;

import io.signalbox.controlplane.model.SampleRequest;
import java.util.Comparator;
import java.util.List;

/** Where a request may arrive. */
final class ListenerChoice {
    private ListenerChoice() {}

    /** By name, those first that listen on the port which the request's host names. */
    static List<EdgePolicy> fitting(List<EdgePolicy> listeners, SampleRequest sample) {
        String host = sample.host();
        return listeners.stream()
                .filter(l -> sample.listener().map(l.listener()::equals).orElse(true))
                .filter(l -> sample.scheme().map(l.scheme()::equals).orElse(true))
                .sorted(Comparator.comparing((EdgePolicy l) -> !host.endsWith(":" + l.port())))
                .toList();
    }
}
