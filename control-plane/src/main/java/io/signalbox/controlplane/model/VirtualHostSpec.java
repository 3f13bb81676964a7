package io.signalbox.controlplane.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What belongs to a host as a whole, whichever routes it has. It is for the routes that name the very same host.
 *
 * @param hosts as of routes; at least one
 * @param listeners names of the listeners it is for; empty for every HTTP(S) listener. For each host on each listener
 *     there is at most one virtual host
 * @param headers changed after what the route changes
 * @param policies where its routes say nothing else
 * @param unmatched a redirect or an answer, for requests that no route of the host takes; empty for an empty 404. A host
 *     that has neither a route nor such an answer is none: requests for it go to the next wider one
 */
public record VirtualHostSpec(
        List<String> hosts, List<String> listeners, HeaderEdits headers, Policies policies, Optional<Action> unmatched)
        implements Spec {
    public VirtualHostSpec {
        hosts = List.copyOf(hosts);
        listeners = List.copyOf(listeners);
    }

    @Override
    public Kind kind() {
        return Kind.VIRTUAL_HOST;
    }

    @Override
    public List<Reference> references() {
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < listeners.size(); i++) {
            references.add(new Reference("listeners[" + i + "]", new ResourceKey(Kind.LISTENER, listeners.get(i))));
        }
        return List.copyOf(references);
    }
}
