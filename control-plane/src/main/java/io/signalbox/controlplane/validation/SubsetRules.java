package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Action.Forward;
import io.signalbox.controlplane.model.Config;
import io.signalbox.controlplane.model.Labels;
import io.signalbox.controlplane.model.ListenerSpec;
import io.signalbox.controlplane.model.ListenerSpec.Https;
import io.signalbox.controlplane.model.ListenerSpec.Tcp;
import io.signalbox.controlplane.model.PoolSpec;
import io.signalbox.controlplane.model.Resource;
import io.signalbox.controlplane.model.RouteSpec;
import io.signalbox.controlplane.model.Subsets;
import io.signalbox.controlplane.model.TcpForward;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Routes and listeners may ask for those labels only by which their pool is divided: Envoy would take others, and treat them as labels
 * that no endpoint has.
 */
final class SubsetRules {
    private SubsetRules() {}

    static void check(Resource<?> resource, Config after, Findings findings) {
        if (resource.spec() instanceof RouteSpec route && route.action() instanceof Forward forward) {
            check(labels(forward), after, findings.at("action").at("forward"));
        } else if (resource.spec() instanceof ListenerSpec listener && listener.protocol() instanceof Tcp tcp) {
            check(labels(tcp.forward()), after, findings.at("tcp"));
        } else if (resource.spec() instanceof ListenerSpec listener && listener.protocol() instanceof Https https) {
            for (int i = 0; i < https.passthrough().size(); i++) {
                check(
                        labels(https.passthrough().get(i).forward()),
                        after,
                        findings.at("https").at("passthrough", i));
            }
        } else if (resource.spec() instanceof PoolSpec pool) {
            check(resource.name(), pool, after, findings);
        }
    }

    /** What is asked of a pool. */
    private record Asked(String pool, Labels subset) {}

    private static List<Asked> labels(Forward forward) {
        return forward.pools().stream()
                .map(to -> new Asked(to.pool(), to.subset()))
                .toList();
    }

    private static List<Asked> labels(TcpForward forward) {
        return forward.pools().stream()
                .map(to -> new Asked(to.pool(), to.subset()))
                .toList();
    }

    private static void check(List<Asked> asked, Config after, Findings findings) {
        for (int i = 0; i < asked.size(); i++) {
            Asked to = asked.get(i);
            Resource<PoolSpec> pool = after.pools().get(to.pool());
            if (pool != null && !offers(pool.spec(), to)) {
                findings.at("pools", i)
                        .at("subset")
                        .add(
                                "labels "
                                        + String.join(", ", to.subset().values().keySet())
                                        + ", and pool " + to.pool() + offered(pool.spec()),
                                "the labels of one set in the pool's subsets.by");
            }
        }
    }

    private static void check(String name, PoolSpec pool, Config after, Findings findings) {
        List<SortedSet<String>> by = pool.subsets().map(Subsets::by).orElse(List.of());
        for (int i = 1; i < by.size(); i++) {
            int first = by.indexOf(by.get(i));
            if (first < i) {
                findings.at("subsets").at("by", i).add("the keys of by[" + first + "] again", "each set of keys once");
            }
        }
        List<String> askers = new ArrayList<>();
        for (Resource<RouteSpec> route : after.routes().values()) {
            if (route.spec().action() instanceof Forward forward && asksForMore(labels(forward), name, pool)) {
                askers.add("route " + route.name());
            }
        }
        for (Resource<ListenerSpec> listener : after.listeners().values()) {
            if (listener.spec().tcpForwards().stream().anyMatch(forward -> asksForMore(labels(forward), name, pool))) {
                askers.add("listener " + listener.name());
            }
        }
        if (!askers.isEmpty()) {
            findings.at("subsets")
                    .add(
                            "no set of the labels that " + Findings.shorten(String.join(", ", askers)) + " asks for",
                            "the sets of labels that routes and listeners ask for");
        }
    }

    private static boolean asksForMore(List<Asked> asked, String name, PoolSpec pool) {
        return asked.stream().anyMatch(to -> to.pool().equals(name) && !offers(pool, to));
    }

    private static boolean offers(PoolSpec pool, Asked to) {
        Set<String> keys = to.subset().values().keySet();
        return keys.isEmpty()
                || pool.subsets().map(subsets -> subsets.by().contains(keys)).orElse(false);
    }

    private static String offered(PoolSpec pool) {
        List<SortedSet<String>> by = pool.subsets().map(Subsets::by).orElse(List.of());
        return by.isEmpty()
                ? " has no subsets"
                : by.stream()
                        .map(keys -> String.join(", ", keys))
                        .collect(Collectors.joining("; ", " has subsets by ", ""));
    }
}
