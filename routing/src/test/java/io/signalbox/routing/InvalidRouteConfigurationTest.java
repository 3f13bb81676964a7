package io.signalbox.routing;

import static io.signalbox.routing.Configurations.answering;
import static io.signalbox.routing.Configurations.configuration;
import static io.signalbox.routing.Configurations.leaf;
import static io.signalbox.routing.Configurations.matcher;
import static io.signalbox.routing.Configurations.routes;
import static io.signalbox.routing.Configurations.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.UnknownFieldSet;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InvalidRouteConfigurationTest {
    private static final String MATCH = "virtual_hosts[0].routes[0].match";
    private static final String ROUTE = "virtual_hosts[0].routes[0].route";
    private static final String WEIGHTED = ROUTE + ".weighted_clusters";
    private static final String TREE = "virtual_hosts[0].matcher.matcher_tree";
    private static final String LIST = "virtual_hosts[0].matcher.matcher_list";

    record Bad(String field, RouteConfiguration configuration) {}

    private static Bad template(String template) {
        return new Bad(
                MATCH + ".path_match_policy.typed_config.path_template",
                routes("- " + TemplateCases.match(template, "direct_response: {status: 200}")));
    }

    private static Bad rewriteOfTemplate(String template) {
        return new Bad(
                ROUTE + ".path_rewrite_policy.typed_config.path_template_rewrite",
                routes("- "
                        + TemplateCases.match(
                                "/{x}", "route: {cluster: c0, " + TemplateCases.rewrite(template) + "}")));
    }

    /** Envoy refuses these as well. */
    static List<Bad> wrong() {
        return List.of(
                new Bad(
                        "virtual_hosts[1].domains[0]",
                        configuration("virtual_hosts: [{name: a, domains: [a.com]}, {name: b, domains: [A.com]}]")),
                new Bad(
                        "virtual_hosts[0].domains[1]",
                        configuration("virtual_hosts: [{name: a, domains: ['*.com', '*.com']}]")),
                new Bad(
                        "virtual_hosts[1].domains[0]",
                        configuration("virtual_hosts: [{name: a, domains: ['*']}, {name: b, domains: ['*']}]")),
                new Bad("virtual_hosts[0].domains", configuration("virtual_hosts: [{name: a}]")),
                new Bad("virtual_hosts[0].name", configuration("virtual_hosts: [{domains: [a.com]}]")),
                new Bad(
                        "virtual_hosts[0].matcher",
                        configuration(
                                "virtual_hosts: [{name: a, domains: [a.com], matcher: {on_no_match: %s}, routes: [{match: {prefix: /}, direct_response: {status: 200}}]}]"
                                        .formatted(leaf("r")))),
                new Bad(MATCH + ".path_specifier", answering("{}")),
                new Bad("virtual_hosts[0].routes[0].match", routes("- {direct_response: {status: 200}}")),
                new Bad("virtual_hosts[0].routes[0].action", routes("- {match: {prefix: /}}")),
                new Bad(MATCH + ".safe_regex.regex", answering("{safe_regex: {regex: '('}}")),
                new Bad(MATCH + ".safe_regex.regex", answering("{safe_regex: {regex: 'a(?=b)'}}")),
                new Bad(MATCH + ".safe_regex.regex", answering("{safe_regex: {regex: ''}}")),
                new Bad(MATCH + ".path_separated_prefix", answering("{path_separated_prefix: /a/}")),
                new Bad(MATCH + ".path_separated_prefix", answering("{path_separated_prefix: /}")),
                new Bad(MATCH + ".path_separated_prefix", answering("{path_separated_prefix: '/a?b'}")),
                new Bad(MATCH + ".headers[0].name", answering("{prefix: /, headers: [{name: ''}]}")),
                new Bad(
                        MATCH + ".headers[0].prefix_match",
                        answering("{prefix: /, headers: [{name: x, prefix_match: ''}]}")),
                new Bad(
                        MATCH + ".headers[1].string_match.suffix",
                        answering("{prefix: /, headers: [{name: x}, {name: x, string_match: {suffix: ''}}]}")),
                new Bad(
                        MATCH + ".headers[0].string_match.match_pattern",
                        answering("{prefix: /, headers: [{name: x, string_match: {}}]}")),
                new Bad(
                        MATCH + ".headers[0].string_match.ignore_case",
                        answering(
                                "{prefix: /, headers: [{name: x, string_match: {safe_regex: {regex: a}, ignore_case: true}}]}")),
                new Bad(MATCH + ".query_parameters[0].name", answering("{prefix: /, query_parameters: [{name: ''}]}")),
                new Bad(
                        MATCH + ".runtime_fraction.default_value",
                        answering("{prefix: /, runtime_fraction: {runtime_key: x}}")),
                new Bad(ROUTE + ".cluster", routes("- {match: {prefix: /}, route: {cluster: ''}}")),
                new Bad(ROUTE + ".cluster_specifier", routes("- {match: {prefix: /}, route: {}}")),
                template("a"),
                template("/a//b"),
                template("/a/{x"),
                template("/a/x}"),
                template("/{x}/{x}"),
                template("/{1}"),
                template("/{x=}"),
                template("/{x=/a}"),
                template("/{x=*.a}"),
                template("/{abcdefghijklmnopq}"),
                template("/**/**"),
                template("/**/{x}"),
                template("/{a}/{b}/{c}/{d}/{e}/{f}"),
                template("/a b"),
                template("/a{x=b/c}"),
                template("/{x}{y}"),
                template("/*b/c"),
                template("/" + "a".repeat(256)),
                rewriteOfTemplate("n"),
                rewriteOfTemplate("//n"),
                rewriteOfTemplate("/{y}"),
                rewriteOfTemplate("/{x"),
                rewriteOfTemplate("/n?m"),
                new Bad(
                        ROUTE + ".path_rewrite_policy",
                        routes("- {match: {prefix: /}, route: {cluster: c0, " + TemplateCases.rewrite("/n") + "}}")),
                new Bad(
                        ROUTE + ".prefix_rewrite",
                        routes("- " + TemplateCases.match("/a", "route: {cluster: c0, prefix_rewrite: /n}"))),
                new Bad(
                        ROUTE,
                        routes(
                                "- {match: {prefix: /}, route: {cluster: c0, prefix_rewrite: /, regex_rewrite: {pattern: {regex: a}, substitution: b}}}")),
                new Bad(ROUTE + ".timeout", routes("- {match: {prefix: /}, route: {cluster: c0, timeout: '-1s'}}")),
                new Bad(
                        ROUTE + ".prefix_rewrite",
                        routes("- {match: {prefix: /}, route: {cluster: c0, prefix_rewrite: \"/\\r\\nx: y\"}}")),
                new Bad(
                        "virtual_hosts[0].routes[0].redirect.path_redirect",
                        routes("- {match: {prefix: /}, redirect: {path_redirect: \"/\\nx\"}}")),
                new Bad(
                        "virtual_hosts[0].matcher.on_no_match.action.name",
                        matcher(
                                "on_no_match: {action: {typed_config: {'@type': type.googleapis.com/envoy.config.route.v3.RouteList}}}")),
                new Bad(WEIGHTED + ".clusters", weights("{name: c0, weight: 0}")),
                new Bad(WEIGHTED + ".clusters", weights("")),
                new Bad(WEIGHTED + ".clusters", weights("{name: c0, weight: 4294967295}, {name: c1, weight: 1}")),
                new Bad(WEIGHTED + ".clusters[0].weight", weights("{name: c0}")),
                new Bad(WEIGHTED + ".clusters[0]", weights("{weight: 1}")),
                new Bad(WEIGHTED + ".clusters[0]", weights("{name: c0, cluster_header: x, weight: 1}")),
                new Bad(
                        "virtual_hosts[0].routes[0].direct_response.status",
                        routes("- {match: {prefix: /}, direct_response: {status: 199}}")),
                new Bad(
                        "virtual_hosts[0].routes[0].direct_response.status",
                        routes("- {match: {prefix: /}, direct_response: {status: 600}}")),
                new Bad(
                        "virtual_hosts[0].routes[0].direct_response.body",
                        routes("- {match: {prefix: /}, direct_response: {status: 200, body: {inline_string: %s}}}"
                                .formatted("x".repeat(4097)))),
                new Bad(LIST + ".matchers", matcher("matcher_list: {}")),
                new Bad(
                        LIST + ".matchers[0].predicate.or_matcher.predicate",
                        matcher("matcher_list: {matchers: [{predicate: {or_matcher: {predicate: [%s]}}, on_match: %s}]}"
                                .formatted(single(), leaf("r")))),
                new Bad(
                        LIST + ".matchers[0].predicate.match_type",
                        matcher("matcher_list: {matchers: [{predicate: {}, on_match: %s}]}".formatted(leaf("r")))),
                new Bad(
                        LIST + ".matchers[0].on_match",
                        matcher("matcher_list: {matchers: [{predicate: %s}]}".formatted(single()))),
                new Bad(TREE + ".exact_match_map.map", tree("x", "exact_match_map: {}")),
                new Bad(TREE + ".tree_type", matcher("matcher_tree: {input: %s}".formatted(Configurations.input("x")))),
                new Bad(
                        TREE + ".prefix_match_map.map[\"/a\"].action.typed_config.match.safe_regex.regex",
                        tree(
                                ":path",
                                "prefix_match_map: {map: {/a: %s}}"
                                        .formatted(Configurations.action(
                                                Configurations.route("r", "{safe_regex: {regex: ')'}}"))))),
                new Bad(
                        TREE + ".exact_match_map.map[\"a\"].action.typed_config",
                        tree(
                                "x",
                                "exact_match_map: {map: {a: {action: {name: a, typed_config: {'@type': type.googleapis.com/envoy.type.matcher.v3.HttpRequestHeaderMatchInput, header_name: x}}}}}")),
                new Bad(
                        TREE + ".input.typed_config",
                        matcher(
                                "matcher_tree: {input: {name: a, typed_config: {'@type': type.googleapis.com/envoy.config.route.v3.Route}}, exact_match_map: {map: {a: %s}}}"
                                        .formatted(leaf("r")))));
    }

    /** Envoy refuses these header changes as well. */
    static List<Bad> wrongHeaders() {
        String added = "virtual_hosts[0].routes[0].request_headers_to_add[0].header.";
        return List.of(
                new Bad(added + "key", adding("request_headers_to_add: [{header: {key: ':path', value: a}}]")),
                new Bad(added + "key", adding("request_headers_to_add: [{header: {key: Host, value: a}}]")),
                new Bad(added + "key", adding("request_headers_to_add: [{header: {value: a}}]")),
                new Bad(added + "value", adding("request_headers_to_add: [{header: {key: a, value: '%NOTHING%'}}]")),
                new Bad(added + "value", adding("request_headers_to_add: [{header: {key: a, value: '%REQ%'}}]")),
                new Bad(added + "value", adding("request_headers_to_add: [{header: {key: a, value: '%REQ(a?b?c)%'}}]")),
                new Bad(
                        added + "value",
                        adding("request_headers_to_add: [{header: {key: a, value: '%PROTOCOL(x)%'}}]")),
                new Bad(added + "value", adding("request_headers_to_add: [{header: {key: a, value: '10%'}}]")),
                new Bad(
                        "virtual_hosts[0].routes[0].request_headers_to_remove[0]",
                        adding("request_headers_to_remove: [host]")),
                new Bad(
                        "virtual_hosts[0].routes[0].response_headers_to_remove[0]",
                        adding("response_headers_to_remove: [':status']")));
    }

    private static RouteConfiguration adding(String changes) {
        return routes("- {match: {prefix: /}, route: {cluster: c0}, " + changes + "}");
    }

    /** Envoy accepts these. */
    static List<Bad> unsupported() {
        return List.of(
                new Bad(
                        ROUTE + ".regex_rewrite.substitution",
                        routes(
                                "- {match: {prefix: /}, route: {cluster: c0, regex_rewrite: {pattern: {regex: '(a)'}, substitution: '\\2'}}}")),
                new Bad(
                        ROUTE + ".regex_rewrite.substitution",
                        routes(
                                "- {match: {prefix: /}, route: {cluster: c0, regex_rewrite: {pattern: {regex: '(a)'}, substitution: '\\x'}}}")),
                new Bad(MATCH + ".tls_context", answering("{prefix: /, tls_context: {presented: true}}")),
                new Bad(
                        MATCH + ".dynamic_metadata",
                        answering(
                                "{prefix: /, dynamic_metadata: [{filter: x, path: [{key: a}], value: {present_match: true}}]}")),
                new Bad(
                        "virtual_hosts[0].routes[0].request_headers_to_add[0].header.value",
                        adding("request_headers_to_add: [{header: {key: x, value: '%HOSTNAME%'}}]")),
                new Bad(
                        ROUTE + ".hash_policy[0].filter_state",
                        routes(
                                "- {match: {prefix: /}, route: {cluster: c0, hash_policy: [{filter_state: {key: x}}]}}")),
                new Bad(
                        ROUTE + ".metadata_match.filter_metadata[envoy.lb].a",
                        routes(
                                "- {match: {prefix: /}, route: {cluster: c0, metadata_match: {filter_metadata: {envoy.lb: {a: 1}}}}}")),
                new Bad(
                        "virtual_hosts[0].routes[0].non_forwarding_action",
                        routes("- {match: {prefix: /}, non_forwarding_action: {}}")),
                new Bad(
                        "ignore_path_parameters_in_path_matching",
                        configuration("ignore_path_parameters_in_path_matching: true")),
                new Bad(MATCH + ".field 99", ofTheFuture()));
    }

    private static RouteConfiguration weights(String weights) {
        return routes("- {match: {prefix: /}, route: {weighted_clusters: {clusters: [" + weights + "]}}}");
    }

    private static String single() {
        return "{single_predicate: {input: %s, value_match: {exact: a}}}".formatted(Configurations.input("x"));
    }

    /** A match of a newer protocol, which old code must not take for one without conditions. */
    private static RouteConfiguration ofTheFuture() {
        RouteConfiguration.Builder configuration = answering("{prefix: /}").toBuilder();
        configuration
                .getVirtualHostsBuilder(0)
                .getRoutesBuilder(0)
                .getMatchBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build());
        return configuration.build();
    }

    @ParameterizedTest
    @MethodSource({"wrong", "wrongHeaders", "unsupported"})
    void isRefusedWithItsField(Bad bad) {
        InvalidRouteConfiguration refusal =
                catchThrowableOfType(InvalidRouteConfiguration.class, () -> RouteTable.parse(bad.configuration()));

        assertThat(refusal).as("%s", bad.configuration()).isNotNull();
        assertThat(refusal.field()).isEqualTo(bad.field());
        assertThat(refusal).hasMessageStartingWith(bad.field() + ": ");
    }

    @Test
    void envoyRefusesWhatIsWrongAndAcceptsWhatIsUnsupported() throws Exception {
        List<Bad> all = Stream.of(wrong(), wrongHeaders(), unsupported())
                .flatMap(List::stream)
                .toList();

        Set<Integer> accepted =
                RealEnvoy.accepted(all.stream().map(Bad::configuration).toList());

        assertThat(accepted.stream().map(all::get)).containsExactlyInAnyOrderElementsOf(unsupported());
    }
}
