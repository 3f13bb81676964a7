package io.signalbox.cli.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
              - name: split
                match: {prefix: /split}
                route: {weighted_clusters: {clusters: [{name: a, weight: 1}, {name: b, weight: 1}]}}
              - {name: cart, match: {prefix: /cart}, route: {cluster: cart, prefix_rewrite: /v2/cart, host_rewrite_literal: cart.local}}
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
                "{authority: shop.com, path: /cart, runtime: x} -> {cluster_name: cart}",
                "{authority: shop.com, path: /cart} -> {}",
                "{authority: shop.com, path: /cart} -> {cluster: cart}",
                "{authority: shop.com, path: /cart} -> {request_header_matches: [{string_match: {exact: a}}]}"
            })
    void aTestThatIsNotUnderstoodIsRefused(String test) throws IOException {
        assertThat(check(test)).isEqualTo(1);

        assertThat(err.toString()).startsWith("signalbox: tests[0].");
    }

    @Test
    void routesThatEnvoyRefusesAreRefused() throws IOException {
        Path routes = Files.writeString(directory.resolve("bad.yaml"), "virtual_hosts: [{name: a}]");

        assertThat(run("route-check", "-c", routes.toString(), "-t", routes.toString()))
                .isEqualTo(1);

        assertThat(err.toString()).contains("virtual_hosts[0].domains: is required");
    }

    private int check(String test, String... more) throws IOException {
        String[] parts = test.split(" -> ");
        Path routes = Files.writeString(directory.resolve("routes.yaml"), ROUTES);
        Path tests = Files.writeString(
                directory.resolve("tests.yaml"),
                "tests: [{test_name: t, input: %s, validate: %s}]".formatted(parts[0], parts[1]));
        String details = more.length == 0 ? "--only-show-failures" : more[0];
        return run("route-check", "-c", routes.toString(), "-t", tests.toString(), details);
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
