package io.signalbox.controlplane.xds.resource;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The successive matcher trees of one virtual host. A tree lets Envoy find the few routes that may take a request without
 * walking all of them: a map from the literal starts of the routes' paths ({@link TreeKeys}), in which the longest that
 * fits is looked up.
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

    /** @param ranks places of the leaf's routes among the routes of the host, in order */
    private record Leaf(String key, int[] ranks) {}

    private final Memo<List<RouteEntry>, Matcher.OnMatch> translated = new Memo<>();
    private List<RouteEntry> lastRoutes = List.of();
    private List<Leaf> leaves = List.of();

    /** @param routes in precedence order */
    Matcher tree(List<RouteEntry> routes) {
        if (!havePathsOfLast(routes)) {
            leaves = leaves(routes);
        }
        lastRoutes = routes;
        Matcher.Builder tree = Matcher.newBuilder();
        Matcher.MatcherTree.MatchMap.Builder map = Matcher.MatcherTree.MatchMap.newBuilder();
        for (Leaf leaf : leaves) {
            Matcher.OnMatch onMatch = translated.get(leaf.key, entries(leaf, routes), MatcherTrees::onMatch);
            if (leaf.key.isEmpty()) {
                tree.setOnNoMatch(onMatch);
            } else {
                map.putMap(leaf.key, onMatch);
            }
        }
        translated.endRound();
        if (map.getMapCount() > 0) { // Envoy refuses an empty map
            tree.setMatcherTree(Matcher.MatcherTree.newBuilder().setInput(PATH).setPrefixMatchMap(map));
        }
        return tree.build();
    }

    /** Whether what changed since the last tree, if anything, leaves every route in its place. */
    private boolean havePathsOfLast(List<RouteEntry> routes) {
        if (routes.size() != lastRoutes.size()) {
            return false;
        }
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i) != lastRoutes.get(i) && !routes.get(i).hasPathOf(lastRoutes.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** In the order of keys each comes right after those it begins with: they are what is on the stack. */
    private static List<Leaf> leaves(List<RouteEntry> routes) {
        Map<String, List<Integer>> byKey = ranksByKey(routes);
        String[] keys = byKey.keySet().toArray(new String[0]);
        Arrays.sort(keys);
        List<Leaf> leaves = new ArrayList<>(keys.length);
        Deque<Leaf> shorter = new ArrayDeque<>();
        for (String key : keys) {
            while (!shorter.isEmpty() && !key.startsWith(shorter.element().key)) {
                shorter.remove();
            }
            IntStream inherited = shorter.isEmpty()
                    ? IntStream.empty()
                    : Arrays.stream(shorter.element().ranks)
                            .filter(rank -> routes.get(rank).canTakePathsFrom(key));
            IntStream own = byKey.getOrDefault(key, List.of()).stream().mapToInt(rank -> rank);
            Leaf leaf = new Leaf(key, IntStream.concat(inherited, own).sorted().toArray());
            shorter.push(leaf);
            leaves.add(leaf);
        }
        return leaves;
    }

    private static Map<String, List<Integer>> ranksByKey(List<RouteEntry> routes) {
        Map<String, String> keys = TreeKeys.choose(routes);
        Map<String, List<Integer>> byKey = new HashMap<>();
        for (int i = 0; i < routes.size(); i++) {
            String key = keys.getOrDefault(routes.get(i).literalPrefix(), "");
            byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
        }
        return byKey;
    }

    private static List<RouteEntry> entries(Leaf leaf, List<RouteEntry> routes) {
        List<RouteEntry> entries = new ArrayList<>(leaf.ranks.length);
        for (int rank : leaf.ranks) {
            entries.add(routes.get(rank));
        }
        return entries;
    }

    private static Matcher.OnMatch onMatch(List<RouteEntry> entries) {
        RouteList.Builder list = RouteList.newBuilder();
        entries.forEach(entry -> list.addAllRoutes(entry.routes()));
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
