package io.signalbox.controlplane.xds.resource;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The successive matcher trees of one virtual host. A tree lets Envoy find the few routes that may take a request without
 * walking all of them: a map from the literal starts of the routes' paths, in which the longest that fits is looked up.
 *
 * <p>If no route in the leaf that was found takes the request, the answer is 404: Envoy does not go on to the next
 * shorter start. So each leaf holds, in precedence order, every route that may take a path beginning with its key,
 * those of shorter keys and those without a literal start included. The latter also stand under
 * {@code on_no_match}.
 *
 * <p>The map's input is the {@code :path} header, which holds the query string too; see {@link LiteralPrefix} for why
 * that does not matter. Envoy: {@code config.route.v3.VirtualHost.matcher}, {@code xds.type.matcher.v3.Matcher}.
 */
final class MatcherTrees {
    private static final TypedExtensionConfig PATH = extension(
            "path",
            HttpRequestHeaderMatchInput.newBuilder().setHeaderName(":path").build());

    /** A route and its place among the routes of the host. */
    private record Ranked(int rank, RouteEntry entry) {}

    private record Leaf(String start, List<Ranked> routes) {}

    private final Memo<List<RouteEntry>, Matcher.OnMatch> leaves = new Memo<>();

    /** @param routes in precedence order */
    Matcher tree(List<RouteEntry> routes) {
        TreeMap<String, List<Ranked>> byStart = new TreeMap<>();
        for (int i = 0; i < routes.size(); i++) {
            RouteEntry entry = routes.get(i);
            byStart.computeIfAbsent(entry.literalPrefix(), s -> new ArrayList<>())
                    .add(new Ranked(i, entry));
        }
        Matcher.Builder tree = Matcher.newBuilder();
        Matcher.MatcherTree.MatchMap.Builder map = Matcher.MatcherTree.MatchMap.newBuilder();
        for (Leaf leaf : leaves(byStart)) {
            Matcher.OnMatch routesOfLeaf = onMatch(leaf);
            if (leaf.start.isEmpty()) {
                tree.setOnNoMatch(routesOfLeaf);
            } else {
                map.putMap(leaf.start, routesOfLeaf);
            }
        }
        leaves.endRound();
        if (map.getMapCount() > 0) { // Envoy refuses an empty map
            tree.setMatcherTree(Matcher.MatcherTree.newBuilder().setInput(PATH).setPrefixMatchMap(map));
        }
        return tree.build();
    }

    /** The starts in order, so that each comes right after those it begins with: they are what is on the stack. */
    private static List<Leaf> leaves(TreeMap<String, List<Ranked>> byStart) {
        List<Leaf> leaves = new ArrayList<>();
        Deque<Leaf> shorter = new ArrayDeque<>();
        for (Map.Entry<String, List<Ranked>> own : byStart.entrySet()) {
            String start = own.getKey();
            while (!shorter.isEmpty() && !start.startsWith(shorter.element().start)) {
                shorter.remove();
            }
            List<Ranked> inherited = shorter.isEmpty() ? List.of() : shorter.element().routes;
            Leaf leaf = new Leaf(start, merge(inherited, own.getValue(), start));
            shorter.push(leaf);
            leaves.add(leaf);
        }
        return leaves;
    }

    private static List<Ranked> merge(List<Ranked> inherited, List<Ranked> own, String start) {
        List<Ranked> merged = new ArrayList<>(inherited.size() + own.size());
        int next = 0;
        for (Ranked route : inherited) {
            while (next < own.size() && own.get(next).rank < route.rank) {
                merged.add(own.get(next++));
            }
            if (route.entry.canTakePathsFrom(start)) {
                merged.add(route);
            }
        }
        merged.addAll(own.subList(next, own.size()));
        return merged;
    }

    private Matcher.OnMatch onMatch(Leaf leaf) {
        List<RouteEntry> entries = leaf.routes.stream().map(Ranked::entry).toList();
        return leaves.get(leaf.start, entries, MatcherTrees::onMatch);
    }

    private static Matcher.OnMatch onMatch(List<RouteEntry> entries) {
        RouteList.Builder list = RouteList.newBuilder();
        entries.forEach(entry -> list.addRoutes(entry.route()));
        return Matcher.OnMatch.newBuilder()
                .setAction(extension("routes", list.build()))
                .build();
    }

    private static TypedExtensionConfig extension(String name, Message config) {
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }
}
