package io.signalbox.routing;

import static io.signalbox.routing.AgreementCase.paths;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Clusters, rewrites, redirects and direct responses. */
final class ActionCases {
    private static final Request GET = Request.get("/");

    private ActionCases() {}

    static List<AgreementCase> all() {
        return Stream.of(clusters(), rewrites(), redirects())
                .flatMap(List::stream)
                .toList();
    }

    private static List<AgreementCase> clusters() {
        List<AgreementCase> cases = new ArrayList<>();
        cases.add(new AgreementCase(
                "cluster", Configurations.routes("- {name: r, match: {prefix: /}, route: {cluster: c1}}"), GET));
        List<Request> named =
                List.of(GET, GET.with("x", "c2"), GET.with("x", "c1").with("x", "c2"), GET.with("x", "nothing"));
        cases.add(new AgreementCase(
                "cluster header",
                Configurations.routes("- {name: r, match: {prefix: /}, route: {cluster_header: X}}"),
                named));
        cases.add(new AgreementCase(
                "no such cluster, with a status for it",
                Configurations.routes(
                        "- {name: r, match: {prefix: /}, route: {cluster: x, cluster_not_found_response_code: NOT_FOUND}}"),
                GET));
        List<Request> dice = new ArrayList<>();
        for (String value : List.of("0", "1", "2", "3", "4", "9", "10", "11", "18446744073709551615", "+3", "03")) {
            dice.add(GET.with("dice", value));
        }
        for (String weights : List.of(
                "[{name: c0, weight: 1}, {name: c1, weight: 2}, {name: c2, weight: 7}]",
                "[{name: c0, weight: 0}, {name: c1, weight: 2}, {name: c2, weight: 0}, {name: c3, weight: 1}]",
                "[{name: c0, weight: 4294967294}, {name: c1, weight: 1}]",
                "[{name: c0, weight: 1}, {cluster_header: x, weight: 1}]",
                "[{name: c0, weight: 1, host_rewrite_literal: zero.com}, {name: c1, weight: 1}]")) {
            cases.add(new AgreementCase(
                    "weights " + weights,
                    Configurations.routes("- {name: r, match: {prefix: /}, route: {weighted_clusters: "
                            + "{header_name: dice, clusters: " + weights + "}}}"),
                    dice.stream().map(request -> request.with("x", "c2")).toList()));
        }
        String ownHost =
                "weighted_clusters: {header_name: dice, clusters: [{name: c0, weight: 1, host_rewrite_literal: zero.com},"
                        + " {name: c1, weight: 1}]}";
        for (String host : List.of(
                "host_rewrite_literal: r.com",
                "host_rewrite_header: x",
                "host_rewrite_path_regex: {pattern: {regex: /}, substitution: p}")) {
            cases.add(new AgreementCase(
                    "weights and " + host,
                    Configurations.routes("- {name: r, match: {prefix: /}, route: {%s, %s}}".formatted(host, ownHost)),
                    GET.with("dice", "0"),
                    GET.with("dice", "1"),
                    GET.with("dice", "0").with("x", "y")));
        }
        return cases;
    }

    private static List<AgreementCase> rewrites() {
        List<Request> asked = paths(
                "/",
                "/a",
                "/a/",
                "/a/b",
                "/ab",
                "/a?q=/a",
                "/a/b?q",
                "/A/b",
                "/a/a/a",
                "/caf%C3%A9/a",
                "/baac",
                "/a/?");
        List<AgreementCase> cases = new ArrayList<>();
        for (String match : List.of(
                "prefix: /a",
                "prefix: /",
                "path: /a",
                "path_separated_prefix: /a",
                "prefix: /A, case_sensitive: false",
                "safe_regex: {regex: '/a.*'}")) {
            for (String rewrite : List.of(
                    "prefix_rewrite: /n",
                    "prefix_rewrite: /",
                    "prefix_rewrite: '/n?x=y'",
                    "regex_rewrite: {pattern: {regex: a}, substitution: xy}",
                    "regex_rewrite: {pattern: {regex: '^/([^/]*)(.*)$'}, substitution: '\\2/\\1'}",
                    "regex_rewrite: {pattern: {regex: 'a*'}, substitution: '/'}",
                    "regex_rewrite: {pattern: {regex: '(b)?'}, substitution: '/<\\1\\0\\\\>'}",
                    "regex_rewrite: {pattern: {regex: '^/a(/.*)?$'}, substitution: '\\1'}",
                    "regex_rewrite: {pattern: {regex: 'baa?'}, substitution: '%20'}")) {
                cases.add(new AgreementCase(
                        match + ", " + rewrite,
                        Configurations.routes(
                                "- {name: r, match: {%s}, route: {cluster: c0, %s}}".formatted(match, rewrite)),
                        asked));
                cases.add(new AgreementCase(
                        match + ", redirect " + rewrite,
                        Configurations.routes("- {name: r, match: {%s}, redirect: {%s}}".formatted(match, rewrite)),
                        asked));
            }
        }
        for (String host : List.of(
                "host_rewrite_literal: n.com",
                "host_rewrite_header: x",
                "host_rewrite_path_regex: {pattern: {regex: '^/([^/]*).*$'}, substitution: '\\1.com'}")) {
            cases.add(new AgreementCase(
                    host,
                    Configurations.routes("- {name: r, match: {prefix: /}, route: {cluster: c0, %s}}".formatted(host)),
                    GET,
                    GET.with("x", "x.com"),
                    GET.with("x", ""),
                    GET.with("x", "x.com").with("x", "y.com"),
                    Request.get("/a/b?c/d")));
        }
        return cases;
    }

    private static List<AgreementCase> redirects() {
        List<Request> asked = new ArrayList<>();
        for (String host : List.of("a.com", "a.com:80", "a.com:443", "a.com:8080", "[::1]", "[::1]:80", "A.com")) {
            for (String path : List.of("/", "/a?b=c", "/a?")) {
                asked.add(Request.get(path).to(host));
                asked.add(Request.get(path).to(host).overHttps());
            }
        }
        List<AgreementCase> cases = new ArrayList<>();
        for (String redirect : List.of(
                "https_redirect: true",
                "https_redirect: false",
                "scheme_redirect: ftp",
                "scheme_redirect: http",
                "scheme_redirect: HTTPS",
                "host_redirect: b.com",
                "port_redirect: 8443",
                "host_redirect: b.com, port_redirect: 80",
                "https_redirect: true, port_redirect: 443",
                "https_redirect: true, host_redirect: 'b.com:80'",
                "path_redirect: /new",
                "path_redirect: '/new?x=y'",
                "path_redirect: '/new?x=y', strip_query: true",
                "path_redirect: /new, strip_query: true",
                "path_redirect: '/new#f'",
                "path_redirect: new",
                "prefix_rewrite: n",
                "regex_rewrite: {pattern: {regex: '/'}, substitution: 'n'}",
                "regex_rewrite: {pattern: {regex: '^.*$'}, substitution: ''}",
                "strip_query: true",
                "prefix_rewrite: /n, strip_query: true",
                "prefix_rewrite: '/n?x', strip_query: true",
                "regex_rewrite: {pattern: {regex: '/(.?)'}, substitution: '/n/\\1'}, https_redirect: true",
                "host_redirect: b.com, response_code: FOUND",
                "host_redirect: b.com, response_code: SEE_OTHER",
                "host_redirect: b.com, response_code: TEMPORARY_REDIRECT",
                "host_redirect: b.com, response_code: PERMANENT_REDIRECT")) {
            cases.add(new AgreementCase(
                    "redirect " + redirect,
                    Configurations.routes("- {name: r, match: {prefix: /}, redirect: {" + redirect + "}}"),
                    asked));
        }
        for (String body : List.of("", ", body: {inline_string: 'h\u00e9llo'}", ", body: {inline_bytes: aGVsbG8=}")) {
            cases.add(new AgreementCase(
                    "respond" + body,
                    Configurations.routes("- {match: {prefix: /}, direct_response: {status: 418" + body + "}}"),
                    GET));
        }
        return cases;
    }
}
