package io.signalbox.routing;

import static io.signalbox.routing.Configurations.input;

import io.signalbox.testkit.SeededDice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Configurations and requests over alphabets so small that much of what they say meets. */
final class RandomCases {
    private static final List<String> DOMAINS =
            List.of("A.com", "b.a.com", "b.com:80", "*.com", "*.a.com", "*a.com", "a.*", "a.c*", "b.*", "*m");
    private static final List<String> HOSTS = List.of(
            "a.com",
            "A.COM",
            "b.a.com",
            "c.b.a.com",
            "b.com",
            "b.com:80",
            "a.com:8080",
            "a.net",
            ".com",
            "xa.com",
            "m");
    private static final List<String> PATHS =
            List.of("/", "/a", "/a/", "/ab", "/a/b", "/a/b/c", "/A/b", "/b", "/b/a", "/aa");
    private static final List<String> QUERIES = List.of("", "", "", "?", "?q", "?q=a", "?q=b&q=a", "?r=a&q=a", "?q=/a");
    private static final List<String> NAMES = List.of("x", "y", "accept", "cookie", ":path", ":authority", ":method");
    private static final List<String> VALUES = List.of("a", "b", "A", "ab", "a,b", "ba", "5");
    private static final List<String> REGEXES =
            List.of("a", "a.*", ".*b", "[ab]+", "/a(/.*)?", "/[^/]*", "", "a|b", "(?i)A.*");

    private static final List<String> TEMPLATES =
            List.of("/{x}", "/a/{x}", "/{x=**}", "/*/{x}", "/a/{x=**}", "/{x=a/*}/**", "/a/{x}/c", "/{x}b");

    private final SeededDice dice;
    private int routes;

    RandomCases(SeededDice dice) {
        this.dice = dice;
    }

    List<AgreementCase> take(int configurations, int requestsEach) {
        return IntStream.range(0, configurations)
                .mapToObj(i -> {
                    String text = configuration();
                    return new AgreementCase("random " + i, Configurations.configuration(text), requests(requestsEach));
                })
                .toList();
    }

    private List<Request> requests(int count) {
        return IntStream.range(0, count).mapToObj(i -> request()).toList();
    }

    private Request request() {
        Request request = Request.get(dice.pick(PATHS) + dice.pick(QUERIES))
                .to(dice.pick(HOSTS))
                .by(dice.pick("GET", "POST"))
                .with("dice", Long.toUnsignedString(dice.oneIn(4) ? dice.nextLong() : dice.nextInt(12)));
        for (int lines = dice.nextInt(4); lines > 0; lines--) {
            request =
                    request.with(dice.pick("x", "y", "X", "accept", "cookie"), dice.oneIn(8) ? "" : dice.pick(VALUES));
        }
        return dice.oneIn(5) ? request.overHttps() : request;
    }

    private String configuration() {
        List<String> free = new ArrayList<>(DOMAINS);
        List<String> hosts = new ArrayList<>();
        for (int host = dice.nextInt(4); host >= 0; host--) {
            List<String> domains = new ArrayList<>();
            for (int i = dice.nextInt(2); i >= 0; i--) {
                String domain = dice.pick(free);
                free.remove(domain);
                domains.add(quoted(domain));
            }
            if (host == 0 && !dice.oneIn(4)) {
                domains.add("'*'");
            }
            hosts.add("{name: h%d, domains: %s, %s}"
                    .formatted(host, domains, dice.oneIn(2) ? routeList(4) : "matcher: " + matcher(2)));
        }
        return "{ignore_port_in_host_matching: %s, virtual_hosts: %s}".formatted(dice.oneIn(2), hosts);
    }

    private String routeList(int most) {
        List<String> list = new ArrayList<>(several(most, () -> "{" + route(path()) + "}"));
        if (dice.oneIn(2)) {
            list.add("{" + route("prefix: /") + "}");
        }
        return "routes: " + list;
    }

    private String route(String path) {
        routes++;
        List<String> match = new ArrayList<>();
        match.add(path);
        if (dice.oneIn(4)) {
            match.add("headers: " + several(2, this::header));
        }
        if (dice.oneIn(5)) {
            match.add("query_parameters: " + several(2, this::query));
        }
        if (dice.oneIn(10)) {
            match.add("runtime_fraction: {default_value: {numerator: %d}}".formatted(dice.pick(0, 100)));
        }
        boolean template = path.startsWith("path_match_policy");
        return "name: r%d, match: {%s}, %s".formatted(routes, String.join(", ", match), action(template));
    }

    private String path() {
        String path = dice.pick(PATHS);
        String anyCase = dice.oneIn(4) ? ", case_sensitive: " + dice.oneIn(2) : "";
        return switch (dice.nextInt(6)) {
            case 5 -> TemplateCases.match(dice.pick(TEMPLATES));
            case 0 -> "path: " + path + anyCase;
            case 1 -> "path_separated_prefix: " + (path.endsWith("/") ? "/a" : path) + anyCase;
            case 2 -> "safe_regex: {regex: %s}".formatted(quoted(regex()));
            default -> "prefix: " + path + anyCase;
        };
    }

    private String header() {
        String name = dice.pick(NAMES);
        String value = quoted(dice.pick(VALUES));
        String match = switch (dice.nextInt(8)) {
            case 0 -> "present_match: " + dice.oneIn(2);
            case 1 -> "range_match: {start: %d, end: 6}".formatted(dice.nextInt(7) - 1);
            case 2 -> dice.pick("exact_match: ", "prefix_match: ", "suffix_match: ", "contains_match: ") + value;
            case 3 -> "safe_regex_match: {regex: %s}".formatted(quoted(regex()));
            default -> "string_match: {" + stringMatch() + "}";
        };
        return "{name: %s, %s, invert_match: %s, treat_missing_header_as_empty: %s}"
                .formatted(quoted(name), match, dice.oneIn(3), dice.oneIn(4));
    }

    private String query() {
        return "{name: %s, %s}"
                .formatted(
                        dice.pick("q", "r"),
                        dice.oneIn(3) ? "present_match: " + dice.oneIn(2) : "string_match: {" + stringMatch() + "}");
    }

    private String stringMatch() {
        return dice.oneIn(5)
                ? "safe_regex: {google_re2: {}, regex: %s}".formatted(quoted(regex()))
                : "%s: %s, ignore_case: %s"
                        .formatted(
                                dice.pick("exact", "prefix", "suffix", "contains"),
                                quoted(dice.oneIn(3) ? dice.pick(PATHS) : dice.pick(VALUES)),
                                dice.oneIn(3));
    }

    /** Not empty: that is refused. */
    private String regex() {
        String regex = dice.pick(REGEXES);
        return regex.isEmpty() ? "^$" : regex;
    }

    /** @param template whether the route matches one, which makes Envoy refuse prefix rewrites */
    private String action(boolean template) {
        if (template) {
            return dice.oneIn(2)
                    ? "direct_response: {status: 418}"
                    : "route: {cluster: c0, %s}".formatted(TemplateCases.rewrite(dice.pick("/n", "/n/{x}", "/{x}{x}")));
        }
        return switch (dice.nextInt(8)) {
            case 0 -> "route: {cluster: %s%s}".formatted(dice.pick(RealEnvoy.CLUSTERS), rewrite("route"));
            case 1 ->
                "route: {weighted_clusters: {header_name: dice, clusters: %s}%s}"
                        .formatted(weights(), rewrite("route"));
            case 2 ->
                "redirect: {strip_query: %s%s%s%s%s}"
                        .formatted(
                                dice.oneIn(2),
                                dice.pick("", ", https_redirect: true", ", scheme_redirect: http"),
                                dice.pick("", ", host_redirect: n.com"),
                                dice.pick("", "", ", port_redirect: 8443"),
                                dice.oneIn(2)
                                        ? rewrite("redirect")
                                        : dice.pick(", path_redirect: /n", ", path_redirect: '/n?m'"));
            default -> "direct_response: {status: %d, body: {inline_string: b}}".formatted(dice.pick(200, 418, 503));
        };
    }

    private String weights() {
        List<String> weights = RealEnvoy.CLUSTERS.stream()
                .map(cluster -> "{name: %s, weight: %d}".formatted(cluster, dice.nextInt(4)))
                .collect(Collectors.toCollection(ArrayList::new));
        weights.add("{name: c0, weight: 1}");
        return weights.toString();
    }

    private String rewrite(String ofAction) {
        String path = switch (dice.nextInt(6)) {
            case 0 -> ", prefix_rewrite: " + dice.pick(PATHS);
            case 1 ->
                ", regex_rewrite: {pattern: {regex: %s}, substitution: %s}"
                        .formatted(quoted(dice.pick("/a", "b", "/(.)", "^/.*$", "a*")), dice.pick("/n", "'/\\0'"));
            default -> "";
        };
        String host = ofAction.equals("route") && dice.oneIn(4)
                ? dice.pick(", host_rewrite_literal: n.com", ", host_rewrite_header: y")
                : "";
        // An upstream refuses a path without its slash, which is no decision.
        return (path.contains("substitution") && path.contains("regex: 'b'") ? "" : path) + host;
    }

    private String matcher(int depth) {
        String otherwise = dice.oneIn(2) ? ", on_no_match: " + onMatch(depth - 1) : "";
        String header = dice.oneIn(2) ? ":path" : dice.pick(NAMES);
        if (dice.oneIn(3)) {
            return "{matcher_list: {matchers: %s}%s}"
                    .formatted(
                            several(
                                    3,
                                    () -> "{predicate: %s, on_match: %s}".formatted(predicate(2), onMatch(depth - 1))),
                            otherwise);
        }
        List<String> keys = new ArrayList<>(header.equals(":path") ? PATHS : VALUES);
        String entries = IntStream.rangeClosed(0, dice.nextInt(4))
                .mapToObj(i -> {
                    String key = dice.pick(keys);
                    keys.remove(key);
                    return quoted(key) + ": " + onMatch(depth - 1);
                })
                .collect(Collectors.joining(", "));
        return "{matcher_tree: {input: %s, %s: {map: {%s}}}%s}"
                .formatted(
                        input(header),
                        dice.pick("exact_match_map", "prefix_match_map", "prefix_match_map"),
                        entries,
                        otherwise);
    }

    private String onMatch(int depth) {
        if (depth > 0 && dice.oneIn(2)) {
            return "{matcher: " + matcher(depth) + "}";
        }
        return dice.oneIn(3)
                ? Configurations.action(route(path()))
                : "{action: {name: routes, typed_config: {'@type': type.googleapis.com/envoy.config.route.v3.RouteList, "
                        + routeList(3) + "}}}";
    }

    private String predicate(int depth) {
        return switch (depth > 0 ? dice.nextInt(6) : 5) {
            case 0 -> "{not_matcher: " + predicate(depth - 1) + "}";
            case 1 -> "{or_matcher: {predicate: [%s, %s]}}".formatted(predicate(depth - 1), predicate(depth - 1));
            case 2 -> "{and_matcher: {predicate: [%s, %s]}}".formatted(predicate(depth - 1), predicate(depth - 1));
            default ->
                "{single_predicate: {input: %s, value_match: {%s}}}".formatted(input(dice.pick(NAMES)), stringMatch());
        };
    }

    private List<String> several(int most, Supplier<String> one) {
        return IntStream.rangeClosed(0, dice.nextInt(most))
                .mapToObj(i -> one.get())
                .toList();
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }
}
