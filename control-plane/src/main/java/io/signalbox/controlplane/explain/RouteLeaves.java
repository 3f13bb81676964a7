package io.signalbox.controlplane.explain;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.signalbox.controlplane.compile.ResolvedConfig;
import io.signalbox.controlplane.explain.EdgeRequest.Arrival;
import io.signalbox.controlplane.explain.Explanation.Result;
import io.signalbox.controlplane.model.SampleRequest;
import io.signalbox.controlplane.xds.ResourceType;
import io.signalbox.controlplane.xds.XdsResources;
import io.signalbox.controlplane.xds.resource.Tunnels;
import io.signalbox.routing.Decision;
import io.signalbox.routing.Inspection;
import io.signalbox.routing.RouteTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers many requests on successive configs without reading all of their routes: of a virtual host's tree only the leaf
 * that a request's path leads to is given to the routing library, and is kept while it stays the same object, which the
 * translator sees to. The trees are those of {@code xds.resource}: one map of prefixes, whose leaves are lists of routes.
 * For one thread.
 */
final class RouteLeaves {
    /**
     * A request at a listener and the routes that may take it. Equal questions have equal answers.
     *
     * @param policy of the listener
     * @param host the virtual host; null when there is none, or the request does not get as far
     * @param leaf compared by identity; null when there is none
     */
    record Question(
            EdgePolicy policy,
            Arrival arrival,
            @Nullable String host,
            @Nullable Leaf leaf) {
        String listener() {
            return policy.listener();
        }
    }

    /** Makes identity of a proto, whose own equality would look at every field. */
    private static final class Leaf {
        private final OnMatch routes;
        private @Nullable RouteTable table;
        private @Nullable Inspection inspection;
        private SortedSet<Long> fractionEnds = new TreeSet<>();

        Leaf(OnMatch routes) {
            this.routes = routes;
        }

        /** One tells of pools and fractions for all requests; making one looks at every route. */
        Inspection inspection(EdgeRequest request) {
            Inspection known = inspection;
            if (known == null) {
                known = table().inspect(request, () -> 0).orElseThrow();
                inspection = known;
                fractionEnds = known.fractionEnds();
            }
            return known;
        }

        RouteTable table() {
            RouteTable known = table;
            if (known == null) {
                known = CompiledConfig.parse(RouteConfiguration.newBuilder()
                        .setName("leaf")
                        .addVirtualHosts(VirtualHost.newBuilder()
                                .setName("leaf")
                                .addDomains("*")
                                .setMatcher(Matcher.newBuilder().setOnNoMatch(routes)))
                        .build());
                table = known;
            }
            return known;
        }
    }

    /** One listener's hosts: which of them a request goes to, and their trees. */
    private record Hosts(
            RouteConfiguration proto, List<String> names, RouteTable skeleton, Map<String, Matcher> trees) {}

    private Map<OnMatch, Leaf> leaves = new IdentityHashMap<>();
    private Map<OnMatch, Leaf> used = new IdentityHashMap<>();
    private Map<String, Hosts> hosts = Map.of();
    private List<EdgePolicy> chains = List.of();

    /** The config to answer for from now on. */
    void next(ResolvedConfig config, XdsResources xds) {
        chains = Objects.requireNonNull(xds.byType().get(ResourceType.LISTENER)).values().stream()
                .flatMap(proto -> EdgePolicy.allOf((Listener) proto).stream())
                .toList();
        Map<String, Hosts> now = new HashMap<>();
        Objects.requireNonNull(xds.byType().get(ResourceType.ROUTE))
                .forEach((name, proto) -> now.put(name, hosts(hosts.get(name), (RouteConfiguration) proto)));
        hosts = now;
    }

    void forgetUnused() {
        leaves = used;
        used = new IdentityHashMap<>();
    }

    private static Hosts hosts(@Nullable Hosts known, RouteConfiguration proto) {
        if (known != null && known.proto == proto) {
            return known;
        }
        Map<String, Matcher> trees = new HashMap<>(2 * proto.getVirtualHostsCount());
        List<String> names = new ArrayList<>(proto.getVirtualHostsCount());
        for (VirtualHost host : proto.getVirtualHostsList()) {
            trees.put(host.getName(), host.getMatcher());
            names.add(host.getName());
        }
        RouteTable skeleton = known != null && known.names.equals(names) ? known.skeleton : skeleton(proto);
        return new Hosts(proto, names, skeleton, trees);
    }

    private static RouteTable skeleton(RouteConfiguration proto) {
        RouteConfiguration.Builder bare =
                RouteConfiguration.newBuilder().setIgnorePortInHostMatching(proto.getIgnorePortInHostMatching());
        for (VirtualHost host : proto.getVirtualHostsList()) {
            bare.addVirtualHostsBuilder().setName(host.getName()).addAllDomains(host.getDomainsList());
        }
        return CompiledConfig.parse(bare.build());
    }

    /** One for each listener that the request could arrive at. */
    List<Question> questions(SampleRequest sample) {
        return ListenerChoice.fitting(chains, sample).stream()
                .map(policy -> question(policy, EdgeRequest.of(sample, policy)))
                .toList();
    }

    private Question question(EdgePolicy policy, Arrival arrival) {
        if (!(arrival instanceof Arrival.Routed routed)) {
            return new Question(policy, arrival, null, null);
        }
        Hosts ofListener = Objects.requireNonNull(hosts.get(policy.listener()));
        Optional<String> host =
                ofListener.skeleton.inspect(routed.request(), () -> 0).map(Inspection::virtualHost);
        return host.map(name -> new Question(
                        policy,
                        arrival,
                        name,
                        leaf(Objects.requireNonNull(ofListener.trees.get(name)), routed.request())))
                .orElseGet(() -> new Question(policy, arrival, null, null));
    }

    private @Nullable Leaf leaf(Matcher tree, EdgeRequest request) {
        // A listener that redirects to HTTPS asks for the protocol first, a host with tunnels for the method.
        Matcher rest = tree;
        while (rest.getMatcherTree().hasExactMatchMap()) {
            OnMatch found = rest.getMatcherTree().getExactMatchMap().getMapMap().get(asked(rest, request));
            if (found != null) {
                return leaf(found);
            }
            rest = rest.getOnNoMatch().getMatcher();
        }
        return leaf(rest, request.path());
    }

    private static String asked(Matcher tree, EdgeRequest request) {
        return tree.getMatcherTree().getInput().getName().equals(Tunnels.METHOD_INPUT)
                ? request.method()
                : String.join(",", request.headers("x-forwarded-proto"));
    }

    private @Nullable Leaf leaf(Matcher tree, String path) {
        Map<String, OnMatch> byPrefix =
                tree.getMatcherTree().getPrefixMatchMap().getMapMap();
        OnMatch found = tree.hasOnNoMatch() ? tree.getOnNoMatch() : null;
        for (int length = byPrefix.isEmpty() ? 0 : path.length(); length > 0; length--) {
            OnMatch longest = byPrefix.get(path.substring(0, length));
            if (longest != null) {
                found = longest;
                break;
            }
        }
        return found == null ? null : leaf(found);
    }

    private Leaf leaf(OnMatch found) {
        Leaf leaf = leaves.getOrDefault(found, used.get(found));
        leaf = leaf == null ? new Leaf(found) : leaf;
        used.put(found, leaf);
        return leaf;
    }

    Expectations.Found answer(Question question) {
        if (question.arrival instanceof Arrival.Rejected rejected) {
            return none(new Result.Rejected(rejected.status(), rejected.reason()));
        } else if (question.arrival instanceof Arrival.Redirected redirected) {
            return none(new Result.Redirect(307, redirected.path(), Optional.empty()));
        }
        EdgeRequest request = ((Arrival.Routed) question.arrival).request();
        if (question.leaf == null) {
            return none(question.host == null ? new Result.NoHost() : new Result.NoRoute());
        }
        Leaf leaf = question.leaf;
        Inspection inspection = leaf.inspection(request);
        Chances chances = Chances.of(leaf.fractionEnds, value -> leaf.table().decide(request, () -> value));
        Decision decision = chances.first();
        return new Expectations.Found(
                Decisions.result(decision, request, false, Optional.empty()),
                Decisions.route(decision),
                Decisions.unmatched(decision),
                chances.arms(each -> Arms.of(each, inspection)));
    }

    private static Expectations.Found none(Result result) {
        return new Expectations.Found(result, Optional.empty(), Optional.empty(), List.of());
    }
}
