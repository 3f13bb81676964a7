package io.signalbox.cli.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RouteCheckCommandTest {
    private static final String ROUTES = """
            request_headers_to_add: [{header: {key: x-from, value: '%REQ(:authority)%'}}]
            virtual_hosts:
            - name: shop
              domains: [shop.com]
              virtual_clusters: [{name: reads, headers: [{name: ':method', string_match: {exact: GET}}]}]
              response_headers_to_add: [{header: {key: x-route, value: '%ROUTE_NAME%'}}]
              response_headers_to_remove: [server]
              routes:
              - {name: old, match: {path: /old}, redirect: {path_redirect: /new, response_code: FOUND}}
              - {name: internal, match: {prefix: /in, headers: [{name: x-envoy-internal, present_match: true}]}, route: {cluster: internal}}
              - {name: zero, match: {prefix: /zero, runtime_fraction: {default_value: {}}}, route: {cluster: zero}}
              - name: keyed
                match: {prefix: /keyed, runtime_fraction: {runtime_key: new.cart, default_value: {numerator: 20}}}
                route: {cluster: keyed}
              - {name: answer, match: {path: /answer}, direct_response: {status: 200}}
              - name: split
                match: {prefix: /split}
                route: {weighted_clusters: {clusters: [{name: a, weight: 1}, {name: b, weight: 1}]}}
              - {name: cart, match: {prefix: /cart}, route: {cluster: cart, prefix_rewrite: /v2/cart, host_rewrite_literal: cart.local}}
            - name: tree
              domains: [tree.com]
              matcher:
                matcher_tree:
                  input:
                    name: path
                    typed_config:
                      '@type': type.googleapis.com/envoy.type.matcher.v3.HttpRequestHeaderMatchInput
                      header_name: ':path'
                  prefix_match_map:
                    map:
                      /a:
                        action:
                          name: route
                          typed_config:
                            '@type': type.googleapis.com/envoy.config.route.v3.RouteList
                            routes:
                            - match: {prefix: /a/b}
                              route: {cluster: deep}
                            - match: {prefix: /a, runtime_fraction: {default_value: {}}}
                              route: {cluster: rare}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{authority: shop.com, path: '/cart?a=b', method: GET} -> {cluster_name: cart, virtual_host_name: shop, path_rewrite: '/v2/cart?a=b', host_rewrite: cart.local, path_redirect: '', virtual_cluster_name: reads}",
                "{':authority': shop.com, ':path': /cart, ':method': POST} -> {virtual_cluster_name: other}",
                "{authority: shop.com, path: /old} -> {path_redirect: 'http://shop.com/new', code_redirect: 302, cluster_name: ''}",
                "{authority: shop.com, path: /old, ssl: true} -> {path_redirect: 'https://shop.com/new'}",
                "{authority: shop.com, path: /in, internal: true} -> {cluster_name: internal}",
                "{authority: shop.com, path: /in} -> {cluster_name: '', virtual_host_name: ''}",
                "{authority: other.com, path: /} -> {virtual_host_name: ''}",
                "{authority: shop.com, path: /split, random_value: 4} -> {cluster_name: a}",
                "{authority: shop.com, path: /split, random_value: 5} -> {cluster_name: b}",
                "{authority: shop.com, path: /zero} -> {cluster_name: zero}",
                "{authority: shop.com, path: /zero, random_value: 1} -> {cluster_name: ''}",
                "{authority: shop.com, path: /keyed, runtime: new.cart, random_value: 19} -> {cluster_name: keyed}",
                "{authority: shop.com, path: /keyed, runtime: new.cart, random_value: 20} -> {cluster_name: ''}",
                "{authority: shop.com, path: /keyed, runtime: other} -> {cluster_name: ''}",
                "{authority: shop.com, path: /keyed} -> {cluster_name: ''}",
                "{authority: shop.com, path: /answer} -> {virtual_host_name: shop, cluster_name: '', path_redirect: ''}",
                "{authority: tree.com, path: /a/b} -> {cluster_name: deep}",
                "{authority: tree.com, path: /a, random_value: 1} -> {cluster_name: ''}",
                "{authority: tree.com, path: /a, random_value: 0} -> {cluster_name: rare, virtual_host_name: tree}",
                "{authority: shop.com, path: /cart, additional_request_headers: [{key: X-A, value: b}]} -> {request_header_matches: [{name: x-a, string_match: {exact: b}}, {name: x-from, string_match: {exact: shop.com}}, {name: ':path', string_match: {exact: /v2/cart}}]}",
                "{authority: shop.com, path: /cart, additional_response_headers: [{key: server, value: s}]} -> {response_header_matches: [{name: server, present_match: false}, {name: x-route, string_match: {exact: cart}}]}",
                "{authority: shop.com, path: /cart} -> {request_header_fields: [{key: x-from, value: shop.com}, {key: none, value: ''}], response_header_fields: [{key: x-route, value: cart}]}"
            })
    void passes(String test) throws IOException {
        assertThat(check(test, "--details")).as("%s%n%s", out, err).isZero();

        assertThat(out.toString()).contains("t: passed", "1 passed, 0 failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{authority: shop.com, path: /cart} -> {cluster_name: other}",
                "{authority: shop.com, path: /cart} -> {cluster_name: ''}",
                "{authority: shop.com, path: /cart} -> {path_redirect: /new}",
                "{authority: shop.com, path: /old} -> {code_redirect: 301}",
                "{authority: shop.com, path: /cart} -> {response_header_matches: [{name: x-route, present_match: false}]}",
                "{authority: shop.com, path: /cart} -> {request_header_fields: [{key: x-from, value: other}]}"
            })
    void fails(String test) throws IOException {
        assertThat(check(test)).isEqualTo(1);

        assertThat(out.toString()).contains("t: failed", "0 passed, 1 failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{path: /cart} -> {cluster_name: cart}",
                "{authority: shop.com, path: /cart, timeout: x} -> {cluster_name: cart}",
                "{authority: shop.com, path: /cart, dynamic_metadata: []} -> {cluster_name: cart}",
                "{authority: shop.com, path: /cart, random_value: x} -> {cluster_name: cart}",
                "{authority: shop.com, path: /cart, random_value: -1} -> {cluster_name: cart}",
                "{authority: shop.com, path: /cart, ssl: 1} -> {cluster_name: cart}",
                "{authority: shop.com, ':authority': shop.com, path: /cart} -> {cluster_name: cart}",
                "{authority: shop.com, path: /cart, additional_request_headers: [{key: a}]} -> {cluster_name: cart}",
                "{authority: shop.com, path: /cart, additional_request_headers: [{key: ':path', value: /}]} -> {cluster_name: cart}",
                "{authority: shop.com, path: /cart, additional_request_headers: {a: b}} -> {cluster_name: cart}",
                "{authority: shop.com, path: /cart} -> {cluster_name: {}}",
                "{authority: shop.com, path: /cart} -> {request_header_fields: [{name: a, value: b}]}",
                "{authority: shop.com, path: /cart} -> {}",
                "{authority: shop.com, path: /cart} -> {cluster: cart}",
                "{authority: shop.com, path: /cart} -> {request_header_matches: [{string_match: {exact: a}}]}"
            })
    void aTestThatIsNotUnderstoodIsRefused(String test) throws IOException {
        assertThat(check(test)).isEqualTo(1);

        assertThat(err.toString()).startsWith("signalbox: tests[0].");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{tests: %s, more: 1} -> more: is not known",
                "{tests: %s, runtime: {routing.x: 5}} -> runtime.routing.x: is not known",
                "tests: [] -> has no tests",
                "test: %s -> test: is not known"
            })
    void aFileThatIsNotUnderstoodIsRefused(String both) throws IOException {
        String[] parts = both.split(" -> ");
        String test = "[{input: {authority: shop.com, path: /cart}, validate: {cluster_name: cart}}]";

        assertThat(run(parts[0].formatted(test))).isEqualTo(1);

        assertThat(err.toString()).contains(parts[1]);
    }

    @Test
    void sizesOfExpressionsMayBeSet() throws IOException {
        String test = "[{input: {authority: shop.com, path: /cart}, validate: {cluster_name: cart}}]";

        assertThat(run("{runtime: {re2.max_program_size.error_level: 32768}, tests: " + test + "}"))
                .as("%s", err)
                .isZero();
    }

    @Test
    void tellsHowMuchIsTested() throws IOException {
        String tests = """
                [{input: {authority: shop.com, path: /cart}, validate: {cluster_name: cart, path_rewrite: /v2/cart}},
                 {input: {authority: shop.com, path: /cart}, validate: {host_rewrite: cart.local, virtual_host_name: shop}},
                 {input: {authority: tree.com, path: /a}, validate: {cluster_name: rare}},
                 {input: {authority: none.com, path: /}, validate: {cluster_name: ''}}]""";

        assertThat(run(tests, "--fail-under", "22")).isZero();
        assertThat(out.toString()).contains("route coverage: 22.2 %", "4 passed, 0 failed");
        assertThat(run(tests, "-f", "22.3")).isEqualTo(1);
        assertThat(out.toString()).contains("route coverage is below 22.3 %");

        assertThat(run(tests, "--covall")).isZero();
        assertThat(out.toString())
                .contains("not tested: shop: cart: virtual_cluster_name")
                .contains(
                        "not tested: shop: old: virtual_host_name, virtual_cluster_name, path_redirect, code_redirect")
                .contains("not tested: tree: route 1: virtual_host_name, cluster_name, host_rewrite, path_rewrite")
                .contains("not tested: tree: route 2: virtual_host_name, host_rewrite, path_rewrite")
                .contains("route coverage: 12.8 %");
    }

    @Test
    void routesThatEnvoyRefusesAreRefused() throws IOException {
        Path routes = Files.writeString(directory.resolve("bad.yaml"), "virtual_hosts: [{name: a}]");

        assertThat(execute("route-check", "-c", routes.toString(), "-t", routes.toString()))
                .isEqualTo(1);

        assertThat(err.toString()).contains("virtual_hosts[0].domains: is required");
    }

    private int check(String test, String... more) throws IOException {
        String[] parts = test.split(" -> ");
        String details = more.length == 0 ? "--only-show-failures" : more[0];
        return run("tests: [{test_name: t, input: %s, validate: %s}]".formatted(parts[0], parts[1]), details);
    }

    private int run(String tests, String... more) throws IOException {
        Path routes = Files.writeString(directory.resolve("routes.yaml"), ROUTES);
        Path file = Files.writeString(directory.resolve("tests.yaml"), tests);
        List<String> arguments =
                new ArrayList<>(List.of("route-check", "-c", routes.toString(), "-t", file.toString()));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(new String[0]));
    }

    private int execute(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
