package io.signalbox.routing;

import static io.signalbox.routing.AgreementCase.header;
import static io.signalbox.routing.AgreementCase.hosts;
import static io.signalbox.routing.AgreementCase.paths;
import static io.signalbox.routing.Configurations.answering;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which virtual host is chosen, and what paths, headers and queries a route takes. */
final class MatchCases {
    private static final Request GET = Request.get("/");
    private static final String ROUTES = "[{name: r, match: {prefix: /}, direct_response: {status: 200}}]";

    private MatchCases() {}

    static List<AgreementCase> all() {
        return Stream.of(virtualHosts(), tls(), pathMatches(), headers(), queries())
                .flatMap(List::stream)
                .toList();
    }

    private static List<AgreementCase> virtualHosts() {
        String hosts = """
                virtual_hosts:
                - {name: exact, domains: [a.com, 'b.com:8080', 'Upper.Com'], routes: ROUTES}
                - {name: suffix, domains: ['*.a.com'], routes: ROUTES}
                - {name: longer, domains: ['*.b.a.com', '*-x.b.a.com'], routes: ROUTES}
                - {name: com, domains: ['*.com'], routes: ROUTES}
                - {name: prefix, domains: ['a.*', '*a'], routes: ROUTES}
                - {name: longerprefix, domains: ['a.c*'], routes: ROUTES}
                - {name: narrow, domains: [narrow.com], routes: [{match: {prefix: /only}, direct_response: {status: 200}}]}
                """.replace("ROUTES", ROUTES);
        String[] asked = {
            "a.com", "A.COM", "x.a.com", "x.b.a.com", "y-x.b.a.com", ".a.com", ".com", "com", "a.net", "a.c", "a.co",
            "a.", "b.com", "b.com:8080", "b.com:80", "a.com:80", "a.com:", "upper.com", "ba", "a", "narrow.com", "none",
            "[::1]:80", "[::1]", "x.a.com:443", "a.com.", "1.2.3.4"
        };
        String fallback = "- {name: all, domains: ['*'], routes: " + ROUTES + "}\n";
        return List.of(
                new AgreementCase("virtual hosts", Configurations.configuration(hosts), hosts(asked)),
                new AgreementCase(
                        "virtual hosts and a fallback", Configurations.configuration(hosts + fallback), hosts(asked)),
                new AgreementCase(
                        "virtual hosts, port ignored",
                        Configurations.configuration(hosts + fallback + "ignore_port_in_host_matching: true"),
                        hosts(asked)));
    }

    private static List<AgreementCase> tls() {
        List<Request> asked = List.of(
                GET,
                GET.overHttps(),
                Request.get("/a?b=c").to("a.com:80"),
                Request.get("/none").to("[::1]:8080"),
                GET.with("x-forwarded-proto", "http").with("x-envoy-internal", "false"));
        return Stream.of("NONE", "EXTERNAL_ONLY", "ALL")
                .map(requirement -> new AgreementCase(
                        "require_tls " + requirement,
                        Configurations.configuration(
                                "virtual_hosts: [{name: all, domains: ['*'], require_tls: %s, routes: %s}]"
                                        .formatted(requirement, ROUTES)),
                        asked))
                .toList();
    }

    private static List<AgreementCase> pathMatches() {
        String[] asked = {
            "/",
            "/a",
            "/A",
            "/a/",
            "/a/b",
            "/ab",
            "/a?b",
            "/a/?b=/c",
            "/a?/b",
            "/b",
            "/b/c?d",
            "/%61",
            "/a%2fb",
            "//a",
            "/a//b",
            "/a;x=1",
            "/a/./b",
            "/a/../b",
            "/x?",
            "/x",
            "/long/er",
            "/caf%C3%A9",
            "/a&b"
        };
        List<AgreementCase> cases = new ArrayList<>();
        for (String match : List.of(
                "{prefix: /a}",
                "{prefix: ''}",
                "{prefix: '/a?b'}",
                "{prefix: /A, case_sensitive: false}",
                "{prefix: /A, case_sensitive: true}",
                "{path: /a}",
                "{path: /A, case_sensitive: false}",
                "{path: '/a?b'}",
                "{path_separated_prefix: /a}",
                "{path_separated_prefix: /A, case_sensitive: false}",
                "{path_separated_prefix: /a/b}",
                "{path_separated_prefix: ab}",
                "{safe_regex: {regex: /a}}",
                "{safe_regex: {regex: '/a.*'}}",
                "{safe_regex: {regex: '/A'}, case_sensitive: false}",
                "{safe_regex: {regex: '(?i)/A'}}",
                "{safe_regex: {regex: '^/a$|/b'}}",
                "{safe_regex: {regex: 'a'}}",
                "{safe_regex: {regex: '/a|/ab'}}")) {
            cases.add(new AgreementCase(match, answering(match), paths(asked)));
        }
        return cases;
    }

    private static List<AgreementCase> headers() {
        List<Request> asked = List.of(
                GET,
                GET.with("x", ""),
                GET.with("x", "a"),
                GET.with("x", "A"),
                GET.with("X", "ab"),
                GET.with("x", "a").with("x", "b"),
                GET.with("x", "b").with("x", "a"),
                GET.with("x", "a,b"),
                GET.with("x", "").with("x", "a"),
                GET.with("x", "5"),
                GET.with("x", "+5"),
                GET.with("x", "-5"),
                GET.with("x", "05"),
                GET.with("x", "5 0"),
                GET.with("x", "5.0"),
                GET.with("x", "0x5"),
                GET.with("x", "9223372036854775807"),
                GET.with("x", "9223372036854775808"),
                GET.with("x", "caf\u00c3\u00a9"),
                GET.with("x", "caf\u00e9"));
        List<AgreementCase> cases = new ArrayList<>();
        for (String matcher : List.of(
                "exact_match: a",
                "exact_match: ''",
                "prefix_match: a",
                "suffix_match: b",
                "contains_match: ','",
                "safe_regex_match: {regex: 'a.*'}",
                "range_match: {start: -9223372036854775808, end: 9223372036854775807}",
                "range_match: {start: 5, end: 6}",
                "present_match: true",
                "present_match: false",
                "string_match: {exact: a}",
                "string_match: {exact: ''}",
                "string_match: {exact: 'a,b'}",
                "string_match: {exact: A, ignore_case: true}",
                "string_match: {exact: caf\u00e9}",
                "string_match: {exact: CAF\u00c9, ignore_case: true}",
                "string_match: {prefix: A, ignore_case: true}",
                "string_match: {suffix: B, ignore_case: true}",
                "string_match: {contains: A, ignore_case: true}",
                "string_match: {safe_regex: {regex: 'caf.'}}",
                "string_match: {safe_regex: {regex: 'caf..'}}",
                "string_match: {safe_regex: {regex: '\\pL*'}}",
                "string_match: {safe_regex: {regex: '.*'}}")) {
            for (String more : List.of(
                    "",
                    ", invert_match: true",
                    ", treat_missing_header_as_empty: true",
                    ", invert_match: true, treat_missing_header_as_empty: true")) {
                cases.add(header("name: x, " + matcher + more, asked));
            }
        }
        cases.add(header("name: x", asked));
        cases.add(header("name: ':path', string_match: {exact: '/?a=b'}", paths("/?a=b", "/", "/?a")));
        cases.add(header("name: ':method', string_match: {exact: POST}", List.of(GET, GET.by("POST"))));
        cases.add(header("name: ':authority', string_match: {exact: b.com}", hosts("a.com", "b.com")));
        cases.add(header("name: host, string_match: {exact: b.com}", hosts("a.com", "b.com")));
        cases.add(header("name: ':scheme', string_match: {exact: http}", List.of(GET)));
        cases.add(header("name: ':nothing', present_match: false", List.of(GET)));
        cases.add(new AgreementCase(
                "grpc",
                answering("{prefix: /, grpc: {}}"),
                GET,
                GET.with("content-type", "application/grpc"),
                GET.with("content-type", "application/grpc+proto"),
                GET.with("content-type", "application/grpc-web"),
                GET.with("content-type", "application/grpc;x"),
                GET.with("content-type", "text/plain")));
        return cases;
    }

    private static List<AgreementCase> queries() {
        List<Request> asked = paths(
                "/",
                "/?",
                "/?a",
                "/?a=",
                "/?a=1",
                "/?a=1&a=2",
                "/?a=2&a=1",
                "/?b=1&a=1",
                "/?ab=1",
                "/?A=1",
                "/?a=%31",
                "/?%61=1",
                "/?a=1=2",
                "/?&&a=1",
                "/?a&b",
                "/?b&a",
                "/?a=x+y",
                "/?a=x%20y",
                "/x?y?a=1",
                "/?y?a=1&a=1",
                "/?a=1;b=2",
                "/?=1",
                "/?a=AB",
                "/?b=a=1");
        List<AgreementCase> cases = new ArrayList<>();
        for (String matcher : List.of(
                "name: a",
                "name: a, present_match: true",
                "name: a, present_match: false",
                "name: a, string_match: {exact: '1'}",
                "name: a, string_match: {exact: ''}",
                "name: a, string_match: {exact: '1=2'}",
                "name: a, string_match: {prefix: x}",
                "name: a, string_match: {exact: ab, ignore_case: true}",
                "name: a, string_match: {safe_regex: {regex: '\\d+'}}",
                "name: '%61', present_match: true",
                "name: 'y?a', present_match: true",
                "name: 'a=1', present_match: true")) {
            cases.add(new AgreementCase(
                    "query {" + matcher + "}", answering("{prefix: /, query_parameters: [{" + matcher + "}]}"), asked));
        }
        return cases;
    }
}
