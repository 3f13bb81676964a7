package io.signalbox.controlplane.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which requests, and what becomes of them.
 *
 * @param hosts {@code shop.example.com}, {@code *.example.com}, {@code shop.*} or {@code *}; at least one
 * @param listeners names of the listeners it serves on; empty for every HTTP(S) listener
 * @param priority higher goes first among the routes of one host, before anything the match says; default 0
 * @param headers changed for requests that it takes
 * @param policies what is done to its requests and answers besides
 * @param expiresAt when it is to be deleted; empty for never
 */
public record RouteSpec(
        List<String> hosts,
        List<String> listeners,
        int priority,
        RouteMatch match,
        Action action,
        HeaderEdits headers,
        Policies policies,
        Optional<Instant> expiresAt)
        implements Spec {
    public RouteSpec {
        hosts = List.copyOf(hosts);
        listeners = List.copyOf(listeners);
    }

    /** A route that stays until somebody deletes it. */
    public RouteSpec(List<String> hosts, List<String> listeners, int priority, RouteMatch match, Action action) {
        this(hosts, listeners, priority, match, action, HeaderEdits.NONE, Policies.NONE, Optional.empty());
    }

    public RouteSpec withAction(Action other) {
        return new RouteSpec(hosts, listeners, priority, match, other, headers, policies, expiresAt);
    }

    /** Whether its requests can be divided once more: they go to pools that it names, and are hashed for nothing else. */
    public boolean canBeDivided() {
        return action instanceof Action.Forward forward
                && forward.to() instanceof Action.Destination.Pools
                && forward.hash().isEmpty()
                && !forward.tunnels();
    }

    public boolean isExpired(Instant now) {
        return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
    }

    @Override
    public Kind kind() {
        return Kind.ROUTE;
    }

    @Override
    public List<Reference> references() {
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < listeners.size(); i++) {
            references.add(new Reference("listeners[" + i + "]", new ResourceKey(Kind.LISTENER, listeners.get(i))));
        }
        if (action instanceof Action.Forward forward) {
            boolean split = forward.to() instanceof Action.Destination.Pools;
            for (int i = 0; i < forward.poolNames().size(); i++) {
                String place = split ? "pools[" + i + "].pool" : "poolFromHeader.pools[" + i + "]";
                references.add(new Reference(
                        "action.forward." + place,
                        new ResourceKey(Kind.POOL, forward.poolNames().get(i))));
            }
            List<Delivery.Mirror> mirrors = forward.delivery().mirrors();
            for (int i = 0; i < mirrors.size(); i++) {
                references.add(new Reference(
                        "action.forward.mirrors[" + i + "].pool",
                        new ResourceKey(Kind.POOL, mirrors.get(i).pool())));
            }
        }
        return List.copyOf(references);
    }
}
