package io.signalbox.routing;

import static io.signalbox.routing.AgreementCase.paths;
import static io.signalbox.routing.Configurations.*;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Matcher trees: which routes are responsible. */
final class MatcherTreeCases {
    private static final Request GET = Request.get("/");

    private MatcherTreeCases() {}

    static List<AgreementCase> all() {
        return Stream.of(trees(), lists()).flatMap(List::stream).toList();
    }

    private static List<AgreementCase> trees() {
        List<AgreementCase> cases = new ArrayList<>();
        String[] asked = {"/", "/a", "/a/b", "/a/b/c", "/ab", "/x", "/a?q", "/a/b?q", "/b"};
        cases.add(new AgreementCase(
                "prefix map: the longest prefix decides, also when its routes do not match",
                tree(
                        ":path",
                        "prefix_match_map: {map: {/: %s, /a: %s, /a/b: %s, /x: %s}}"
                                .formatted(
                                        leaf("root"),
                                        list(route("a", "{prefix: /}")),
                                        list(route("never", "{path: /never}")),
                                        action(route("never", "{path: /never}")))),
                paths(asked)));
        cases.add(new AgreementCase(
                "prefix map: the path includes the query",
                tree(":path", "prefix_match_map: {map: {/a: %s, '/a?q': %s}}".formatted(leaf("a"), leaf("query"))),
                paths(asked)));
        cases.add(new AgreementCase(
                "exact map: the path includes the query",
                tree(":path", "exact_match_map: {map: {/a: %s, '/a?q': %s}}".formatted(leaf("a"), leaf("query"))),
                paths(asked)));
        String nested = "{matcher: {matcher_tree: {input: %s, exact_match_map: {map: {yes: %s}}}}}"
                .formatted(input("x"), leaf("nested"));
        String nestedElse = "{matcher: {matcher_tree: {input: %s, exact_match_map: {map: {yes: %s}}}, on_no_match: %s}}"
                .formatted(input("x"), leaf("nested"), leaf("else"));
        List<Request> withX = List.of(
                Request.get("/a/b").with("x", "yes"),
                Request.get("/a/b").with("x", "no"),
                Request.get("/a/b"),
                Request.get("/b").with("x", "yes"),
                Request.get("/b"));
        cases.add(new AgreementCase(
                "prefix map: a nested tree without a match falls back to the shorter prefix",
                tree(":path", "prefix_match_map: {map: {/a: %s, /a/b: %s}}".formatted(leaf("short"), nested)),
                withX));
        cases.add(new AgreementCase(
                "prefix map: a nested tree's on_no_match is a match",
                tree(":path", "prefix_match_map: {map: {/a: %s, /a/b: %s}}".formatted(leaf("short"), nestedElse)),
                withX));
        cases.add(new AgreementCase(
                "prefix map: on_no_match after a nested tree without a match",
                tree(":path", "prefix_match_map: {map: {/a/b: %s}}".formatted(nested), leaf("else")),
                withX));
        cases.add(new AgreementCase(
                "exact map: on_no_match after a nested tree without a match",
                tree(":path", "exact_match_map: {map: {/a/b: %s}}".formatted(nested), leaf("else")),
                withX));
        cases.add(new AgreementCase(
                "an empty prefix is one",
                tree("x", "prefix_match_map: {map: {'': %s, y: %s}}".formatted(leaf("empty"), leaf("y")), leaf("else")),
                withX));
        cases.add(new AgreementCase(
                "a route list without a match is not on_no_match",
                tree(
                        ":path",
                        "prefix_match_map: {map: {/a: %s}}".formatted(list(route("never", "{path: /never}"))),
                        leaf("else")),
                withX));
        cases.addAll(lists());
        return cases;
    }

    private static List<AgreementCase> lists() {
        List<Request> asked = List.of(
                GET,
                GET.with("x", "a"),
                GET.with("x", "ab"),
                GET.with("x", "b"),
                GET.with("x", ""),
                GET.with("x", "A"),
                GET.with("x", "a").with("x", "b"),
                GET.with("x", "a").with("y", "a"),
                GET.with("y", "a"));
        String isA = single("x", "exact: a");
        List<AgreementCase> cases = new ArrayList<>();
        for (String predicate : List.of(
                isA,
                single("x", "exact: ''"),
                single("x", "prefix: a"),
                single("x", "suffix: b"),
                single("x", "contains: a"),
                single("x", "exact: A, ignore_case: true"),
                single("x", "exact: 'a,b'"),
                single("x", "safe_regex: {google_re2: {}, regex: 'a,?b'}"),
                "{not_matcher: " + isA + "}",
                "{or_matcher: {predicate: [" + isA + ", " + single("y", "exact: a") + "]}}",
                "{and_matcher: {predicate: [" + isA + ", " + single("y", "exact: a") + "]}}",
                "{and_matcher: {predicate: [" + isA + ", {not_matcher: " + single("y", "exact: a") + "}]}}")) {
            cases.add(new AgreementCase(
                    "list " + predicate,
                    matcher("matcher_list: {matchers: [{predicate: %s, on_match: %s}]}, on_no_match: %s"
                            .formatted(predicate, leaf("yes"), leaf("no"))),
                    asked));
        }
        String nested = "{matcher: {matcher_list: {matchers: [{predicate: %s, on_match: %s}]}}}"
                .formatted(single("y", "exact: a"), leaf("nested"));
        cases.add(new AgreementCase(
                "list: a nested matcher without a match goes on to the next",
                matcher("matcher_list: {matchers: [{predicate: %s, on_match: %s}, {predicate: %s, on_match: %s}]}"
                        .formatted(isA, nested, single("x", "prefix: a"), leaf("next"))),
                asked));
        cases.add(new AgreementCase(
                "list: on_no_match after a nested matcher without a match",
                matcher("matcher_list: {matchers: [{predicate: %s, on_match: %s}]}, on_no_match: %s"
                        .formatted(isA, nested, leaf("else"))),
                asked));
        cases.add(new AgreementCase(
                "list: a route whose own match fails ends the search",
                matcher("matcher_list: {matchers: [{predicate: %s, on_match: %s}]}, on_no_match: %s"
                        .formatted(isA, action(route("never", "{path: /never}")), leaf("else"))),
                asked));
        cases.add(new AgreementCase("only on_no_match", matcher("on_no_match: " + leaf("else")), asked));
        return cases;
    }

    private static String list(String... routes) {
        StringBuilder list = new StringBuilder();
        for (String route : routes) {
            list.append(list.isEmpty() ? "{" : ", {").append(route).append('}');
        }
        return "{action: {name: routes, typed_config: {'@type': type.googleapis.com/envoy.config.route.v3.RouteList,"
                + " routes: [" + list + "]}}}";
    }

    private static String single(String header, String match) {
        return "{single_predicate: {input: %s, value_match: {%s}}}".formatted(input(header), match);
    }
}
