package io.signalbox.controlplane.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.xds.type.matcher.v3.Matcher;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.re2j.Pattern;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteList;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.signalbox.controlplane.compile.ConfigDraft;
import io.signalbox.controlplane.compile.ResolvedRoutes;
import io.signalbox.controlplane.compile.RouteDraft;
import io.signalbox.controlplane.model.RouteMatch.PathMatch;
import io.signalbox.controlplane.model.RouteMatch.ValueMatch;
import io.signalbox.testkit.SeededDice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MatcherTreesTest {

    @Test
    void aLeafHoldsTheRoutesOfShorterStartsInPrecedenceOrder() {
        Matcher tree = tree(hosts(
                RouteDraft.named("root").prefix("/"),
                RouteDraft.named("api").prefix("/api"),
                RouteDraft.named("v1").prefix("/api/v1").methods("GET"),
                RouteDraft.named("any-id").regex("/api/v1/\\d+"),
                RouteDraft.named("jpg").regex(".*\\.jpg"),
                RouteDraft.named("urgent").prefix("/").priority(1).header("x-urgent", new ValueMatch.Present(true))));
        assertThat(leaves(tree))
                .containsOnly(
                        Map.entry("/", List.of("urgent", "jpg", "root")),
                        Map.entry("/api", List.of("urgent", "jpg", "api", "root")),
                        Map.entry("/api/v1", List.of("urgent", "jpg", "v1", "api", "root")),
                        Map.entry("/api/v1/", List.of("urgent", "any-id", "jpg", "v1", "api", "root")));
        assertThat(names(tree.getOnNoMatch())).containsExactly("jpg");
    }

    @Test
    void aLeafLeavesOutWhatCannotTakeItsPaths() {
        Matcher tree = tree(hosts(
                RouteDraft.named("exact").exact("/a"),
                RouteDraft.named("segment").prefix("/a"),
                RouteDraft.named("slash").prefix("/a/"),
                RouteDraft.named("regex").regex("/a.*"),
                RouteDraft.named("longer").exact("/ab"),
                RouteDraft.named("below").exact("/a/b")));
        assertThat(leaves(tree))
                .containsOnly(
                        Map.entry("/a", List.of("exact", "regex", "segment")),
                        Map.entry("/a/", List.of("regex", "slash", "segment")),
                        Map.entry("/a/b", List.of("below", "regex", "slash", "segment")),
                        Map.entry("/ab", List.of("longer", "regex")));
    }

    @Test
    void aRouteForAnyCaseStandsInTheLeavesOfAllItsSpellings() {
        Matcher tree = tree(hosts(
                RouteDraft.named("any").path(new PathMatch.Prefix("/Api/V", true)),
                RouteDraft.named("lower").prefix("/api"),
                RouteDraft.named("upper").prefix("/API/V/x"),
                RouteDraft.named("beside").prefix("/API/Vx"),
                RouteDraft.named("other").prefix("/b")));
        assertThat(leaves(tree))
                .containsOnly(
                        Map.entry("/", List.of("any")),
                        Map.entry("/api", List.of("any", "lower")),
                        Map.entry("/API/V/x", List.of("upper", "any")),
                        Map.entry("/API/Vx", List.of("beside")),
                        Map.entry("/b", List.of("other")));
    }

    @Test
    void aTemplateStandsUnderWhatComesBeforeItsFirstVariable() {
        Matcher tree = tree(hosts(
                RouteDraft.named("template").path(new PathMatch.Template("/users/{id}/x")),
                RouteDraft.named("below").prefix("/users/1"),
                RouteDraft.named("raw").path(new PathMatch.RawPrefix("/us", false)),
                RouteDraft.named("beside").prefix("/user")));
        assertThat(leaves(tree))
                .containsOnly(
                        Map.entry("/us", List.of("raw")),
                        Map.entry("/user", List.of("beside", "raw")),
                        Map.entry("/users/", List.of("template", "raw")),
                        Map.entry("/users/1", List.of("template", "below", "raw")));
    }

    @Test
    void withoutAnyLiteralStartThereIsNoMap() {
        Matcher tree = tree(hosts(RouteDraft.named("jpg").regex(".*\\.jpg")));
        assertThat(tree.hasMatcherTree()).isFalse();
        assertThat(names(tree.getOnNoMatch())).containsExactly("jpg");
    }

    @Test
    void withLiteralStartsOnlyThereIsNothingElse() {
        assertThat(tree(hosts(RouteDraft.named("a").prefix("/a"))).hasOnNoMatch())
                .isFalse();
    }

    @Test
    void manyRoutesForEveryPathDoNotMultiplyTheTree() {
        List<RouteDraft> routes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            routes.add(RouteDraft.named("any" + i).prefix("/").cookie("e" + i, new ValueMatch.Exact("b")));
        }
        for (int i = 0; i < 3_000; i++) {
            routes.add(RouteDraft.named("path" + i).exact("/service" + i % 50 + "/item" + i));
        }
        Map<String, List<String>> leaves = leaves(tree(hosts(routes.toArray(new RouteDraft[0]))));
        assertThat(leaves.values().stream().mapToInt(List::size).sum()).isLessThan(9 * routes.size());
        assertThat(leaves.values()).allSatisfy(leaf -> assertThat(leaf).hasSizeLessThan(400));
    }

    @Test
    void fewRoutesForEveryPathLeaveALeafToEachPath() {
        List<RouteDraft> routes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            routes.add(RouteDraft.named("any" + i).prefix("/").cookie("e" + i, new ValueMatch.Exact("b")));
        }
        for (int i = 0; i < 100; i++) {
            routes.add(RouteDraft.named("path" + i).exact("/item" + i));
        }
        Map<String, List<String>> leaves = leaves(tree(hosts(routes.toArray(new RouteDraft[0]))));
        assertThat(leaves).hasSize(101);
        assertThat(leaves.values()).allSatisfy(leaf -> assertThat(leaf).hasSizeLessThan(6));
    }

    @Test
    void theTreeDecidesAsTheListDoes() {
        SeededDice dice = SeededDice.roll();
        int decided = 0;
        for (int i = 0; i < 500; i++) {
            ResolvedRoutes.Host host = randomHost(dice);
            Matcher tree = tree(host);
            List<Route> list = host.routes().stream()
                    .flatMap(route -> Routes.routes(route).stream())
                    .toList();
            for (int j = 0; j < 50; j++) {
                String path = randomPath(dice);
                Optional<String> expected = first(list, path);
                decided += expected.isPresent() ? 1 : 0;
                assertThat(first(lookUp(tree, path), path))
                        .as("%s among %s", path, host.routes())
                        .isEqualTo(expected);
            }
        }
        assertThat(decided).isGreaterThan(5_000);
    }

    private static ResolvedRoutes.Host randomHost(SeededDice dice) {
        int count = 1 + dice.nextInt(30);
        boolean manyForAll = dice.nextBoolean();
        RouteDraft[] routes = new RouteDraft[count];
        for (int i = 0; i < count; i++) {
            RouteDraft route = RouteDraft.named("r" + i).priority(dice.nextInt(3) / 2);
            // Many for every path, which never match themselves, make others share leaves.
            routes[i] = switch (dice.nextInt(manyForAll ? 14 : 7)) {
                case 4 -> route.path(new PathMatch.Prefix("/" + dice.pick("A", "a/B", "b/", "Ab"), true));
                case 5 -> route.path(new PathMatch.RawPrefix("/" + dice.pick("a", "a/a", "aB"), dice.nextBoolean()));
                case 6 ->
                    dice.nextBoolean()
                            ? route.path(new PathMatch.Exact("/a/B", true))
                            : route.path(new PathMatch.Template(dice.pick("/a/{x}", "/{x}", "/a/**", "/{x=**}/b")));
                case 0 -> route.exact(randomPath(dice).replaceFirst("\\?.*", ""));
                case 1 -> route.prefix("/" + dice.pick("", "", "", "a", "a/", "ab", "a/b", "b"));
                case 2 -> route.prefix("/" + dice.pick("a/a", "b/a/", "a/b/a"));
                case 3 ->
                    route.regex(dice.pick("/a.*", "/a|/b", "/(a|b)/?.*", ".*b", "/a/b?", "(?i)/A", "/ab*", "/a\\?b"));
                default -> route.regex(dice.pick("/+x", ".*x"));
            };
        }
        return hosts(routes);
    }

    private static String randomPath(SeededDice dice) {
        StringBuilder path = new StringBuilder("/");
        int length = dice.nextInt(5);
        for (int i = 0; i < length; i++) {
            path.append(dice.pick("a", "b", "/", "a", "b", "/", "A", "B"));
        }
        return path + dice.pick("", "", "", "?b", "?/a");
    }

    private static ResolvedRoutes.Host hosts(RouteDraft... routes) {
        ConfigDraft draft = new ConfigDraft().http("edge", 80);
        for (RouteDraft route : routes) {
            draft.route(route);
        }
        return ConfigDraft.hosts(draft.compiled(), "edge").get(0);
    }

    private static Matcher tree(ResolvedRoutes.Host host) {
        return new VirtualHosts()
                .translate(host, Optional.empty())
                .virtualHost()
                .getMatcher();
    }

    private static Map<String, List<String>> leaves(Matcher tree) {
        return tree.getMatcherTree().getPrefixMatchMap().getMapMap().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> names(e.getValue())));
    }

    private static List<String> names(Matcher.OnMatch leaf) {
        return routes(leaf).stream().map(Route::getName).toList();
    }

    private static List<Route> routes(Matcher.OnMatch leaf) {
        try {
            return leaf.getAction().getTypedConfig().unpack(RouteList.class).getRoutesList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Envoy's way: the longest key alone, and {@code on_no_match} only if there is none. */
    private static List<Route> lookUp(Matcher tree, String pathHeader) {
        return tree.getMatcherTree().getPrefixMatchMap().getMapMap().entrySet().stream()
                .filter(e -> pathHeader.startsWith(e.getKey()))
                .max(Map.Entry.comparingByKey(Comparator.comparingInt(String::length)))
                .map(e -> routes(e.getValue()))
                .orElseGet(() -> tree.hasOnNoMatch() ? routes(tree.getOnNoMatch()) : List.of());
    }

    private static Optional<String> first(List<Route> routes, String pathHeader) {
        String path = pathHeader.replaceFirst("\\?.*", "");
        return routes.stream()
                .filter(route -> fits(route.getMatch(), path))
                .map(Route::getName)
                .findFirst();
    }

    private static boolean fits(RouteMatch match, String path) {
        boolean ignoreCase =
                match.hasCaseSensitive() && !match.getCaseSensitive().getValue();
        String seen = ignoreCase ? path.toLowerCase(Locale.ROOT) : path;
        return switch (match.getPathSpecifierCase()) {
            case PATH -> seen.equals(inCase(match.getPath(), ignoreCase));
            case PREFIX -> seen.startsWith(inCase(match.getPrefix(), ignoreCase));
            case PATH_SEPARATED_PREFIX ->
                (seen + "/").startsWith(inCase(match.getPathSeparatedPrefix(), ignoreCase) + "/");
            case SAFE_REGEX -> Pattern.matches(match.getSafeRegex().getRegex(), path);
            case PATH_MATCH_POLICY -> Pattern.matches(TEMPLATES.get(template(match)), path);
            default -> throw new AssertionError(match);
        };
    }

    private static final Map<String, String> TEMPLATES =
            Map.of("/a/{x}", "/a/[^/]+", "/{x}", "/[^/]+", "/a/**", "/a/.*", "/{x=**}/b", "/.*/b");

    private static String template(RouteMatch match) {
        try {
            return match.getPathMatchPolicy()
                    .getTypedConfig()
                    .unpack(UriTemplateMatchConfig.class)
                    .getPathTemplate();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static String inCase(String text, boolean ignoreCase) {
        return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }
}
