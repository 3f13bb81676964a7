package io.signalbox.dataplane;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Bootstraps for tests, put together from text. They are Envoy's, too. */
final class Bootstraps {
    private Bootstraps() {}

    /** One plain listener {@code l} and clusters. */
    static String plain(String routes, String... clusters) {
        return withListener(listener("l", routes, ""), clusters);
    }

    static String withListener(String listener, String... clusters) {
        return """
                node: {id: test-node, cluster: test-fleet}
                admin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}
                static_resources:
                  listeners:
                %s
                  clusters:
                %s
                """.formatted(
                listener.indent(2).stripTrailing(),
                clusters.length == 0 ? "    []" : Arrays.stream(clusters).collect(Collectors.joining("\n")));
    }

    /** As our control plane sends them, with the routes inline. */
    static String listener(String name, String routes, String transportSocket) {
        return listener(name, routes, transportSocket, """
                use_remote_address: true
                normalize_path: true
                merge_slashes: true
                path_with_escaped_slashes_action: UNESCAPE_AND_REDIRECT
                """);
    }

    static String listener(String name, String routes, String transportSocket, String options) {
        return """
                - name: %s
                  address: {socket_address: {address: 127.0.0.1, port_value: 0}}
                  filter_chains:
                  - %s
                    filters:
                    - name: hcm
                      typed_config:
                        "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                        stat_prefix: test
                %s
                        http_filters:
                        - name: envoy.filters.http.router
                          typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                        route_config:
                          name: routes
                          validate_clusters: false
                          virtual_hosts:
                          - name: all
                            domains: ["*"]
                            routes:
                %s
                """.formatted(
                        name,
                        transportSocket.isEmpty() ? "name: only" : transportSocket,
                        options.indent(8).stripTrailing(),
                        routes.indent(12).stripTrailing());
    }

    static String toCluster(String prefix, String cluster) {
        return "- {match: {prefix: %s}, route: {cluster: %s}}\n".formatted(prefix, cluster);
    }

    static String cluster(String name, int... ports) {
        return cluster(name, "ROUND_ROBIN", ports);
    }

    static String cluster(String name, String policy, int... ports) {
        String endpoints = Arrays.stream(ports)
                .mapToObj("{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}"::formatted)
                .collect(Collectors.joining(", "));
        return "  - {name: %s, type: STATIC, connect_timeout: 2s, lb_policy: %s, load_assignment: {cluster_name: %s, endpoints: [{lb_endpoints: [%s]}]}}"
                .formatted(name, policy, name, endpoints);
    }
}
