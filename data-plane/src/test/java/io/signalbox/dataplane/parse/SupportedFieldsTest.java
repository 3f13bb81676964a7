package io.signalbox.dataplane.parse;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That no field which changes answers is passed over in silence. */
class SupportedFieldsTest {
    private static final String EDS =
            "\"name\": \"c\", \"type\": \"EDS\", \"eds_cluster_config\": {\"eds_config\": {\"ads\": {}}}, ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            upstream_bind_config | {}
            dns_resolvers[0] | {"socket_address": {"address": "127.0.0.1", "port_value": 53}}
            close_connections_on_host_health_failure | true
            wait_for_warm_on_init | false
            common_lb_config.ignore_new_hosts_until_first_hc | true
            circuit_breakers.thresholds[0].max_connection_pools | 1
            """)
    void refusesOfClusters(String path, String value) {
        assertThatThrownBy(() -> ClusterParser.parse(read("{" + EDS + nested(path, value) + "}", Cluster.newBuilder())))
                .hasMessage(path.replaceAll("^dns_resolvers\\[0]", "dns_resolvers") + " is not supported");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            upstream_http_protocol_options.auto_sni | upstream_http_protocol_options
            common_http_protocol_options.max_response_headers_kb | common_http_protocol_options.max_response_headers_kb
            common_http_protocol_options.max_headers_count | common_http_protocol_options.max_headers_count
            explicit_http_config.http_protocol_options.enable_trailers | explicit_http_config.http_protocol_options.enable_trailers
            explicit_http_config.http2_protocol_options.allow_metadata | explicit_http_config.http2_protocol_options.allow_metadata
            """)
    void refusesOfUpstreamProtocols(String path, String named) throws InvalidProtocolBufferException {
        String value = path.endsWith("kb") || path.endsWith("count") ? "1" : "true";
        String whole = path.startsWith("explicit") ? "" : ", \"explicit_http_config\": {\"http_protocol_options\": {}}";
        Cluster eds = read("{" + EDS.replaceAll(", $", "") + "}", Cluster.newBuilder());
        Cluster cluster = eds.toBuilder()
                .putTypedExtensionProtocolOptions(
                        "envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                        Any.pack(read("{" + nested(path, value) + whole + "}", HttpProtocolOptions.newBuilder())))
                .build();
        assertThatThrownBy(() -> ClusterParser.parse(cluster))
                .hasMessageContaining(named)
                .hasMessageEndingWith("is not supported");
    }

    @Test
    void refusesToKeepEndpointsThatAreGone() throws Exception {
        String checked = "{" + EDS + "\"health_checks\": [{\"tcp_health_check\": {}}]}";
        assertThatThrownBy(() -> ClusterParser.parse(read(checked, Cluster.newBuilder())))
                .hasMessage("ignore_health_on_host_removal: false is not supported with health_checks");
        Cluster cluster = read(checked, Cluster.newBuilder());
        ClusterParser.parse(
                cluster.toBuilder().setIgnoreHealthOnHostRemoval(true).build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            policy.overprovisioning_factor | 200
            policy.endpoint_stale_after | "1s"
            endpoints[0].lb_endpoints[0].endpoint.health_check_config | {"port_value": 1}
            """)
    void refusesOfEndpoints(String path, String value) {
        assertThatThrownBy(() -> EndpointsParser.parse(
                        "", read("{" + nested(path, value) + "}", ClusterLoadAssignment.newBuilder())))
                .hasMessage(path + " is not supported");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            request_timeout | "1s"
            tracing | {}
            flush_access_log_on_new_request | true
            http1_safe_max_connection_duration | true
            common_http_protocol_options.max_stream_duration | "1s"
            common_http_protocol_options.max_connection_duration | "1s"
            http_protocol_options.enable_trailers | true
            http2_protocol_options.allow_metadata | true
            """)
    void refusesOfConnectionManagers(String path, String value) {
        assertThatThrownBy(() -> SupportedFields.check(
                        "", read("{" + nested(path, value) + "}", HttpConnectionManager.newBuilder())))
                .hasMessage(path + " is not supported");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            inline_headers[0] | {"inline_header_name": "x-a"}
            default_regex_engine | {}
            layered_runtime.layers[0].static_layer | {"re2.max_program_size.error_level": 200}
            cluster_manager.local_cluster_name | "here"
            """)
    void refusesOfBootstraps(String path, String value) {
        assertThatThrownBy(() -> BootstrapFields.check(read("{" + nested(path, value) + "}", Bootstrap.newBuilder())))
                .hasMessage(path.replace("inline_headers[0]", "inline_headers") + " is not supported");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            internal_only_headers | ["x-a"]
            virtual_hosts[0].include_request_attempt_count | true
            virtual_hosts[0].routes[0].per_request_buffer_limit_bytes | 1
            virtual_hosts[0].routes[0].route.priority | "HIGH"
            virtual_hosts[0].routes[0].route.max_stream_duration | {"max_stream_duration": "1s"}
            """)
    void refusesOfRoutes(String path, String value) {
        String of = path.replaceFirst("virtual_hosts\\[0]\\.", "").replaceFirst("routes\\[0]\\.", "");
        String host = "\"name\": \"h\", \"domains\": [\"*\"]";
        String route = "\"match\": {\"prefix\": \"/\"}";
        String action = "\"cluster\": \"c\"";
        boolean ofAction = of.startsWith("route.");
        boolean ofRoute = path.contains("routes[0]") && !ofAction;
        boolean ofHost = path.startsWith("virtual_hosts") && !path.contains("routes[0]");
        if (ofAction) {
            String inner = nested(of.substring("route.".length()), value);
            action = of.contains("weighted_clusters") ? inner : action + ", " + inner;
        }
        route += ", \"route\": {" + action + "}" + (ofRoute ? ", " + nested(of, value) : "");
        host += ", \"routes\": [{" + route + "}]" + (ofHost ? ", " + nested(of, value) : "");
        String table = "\"virtual_hosts\": [{" + host + "}]" + (path.equals(of) ? ", " + nested(of, value) : "");
        assertThatThrownBy(() ->
                        ResourceParsers.routes(Any.pack(read("{" + table + "}", RouteConfiguration.newBuilder()))))
                .hasMessage("route configuration: " + path + ": is not supported");
    }

    /** {@code a.b[0].c} and a value as an object. */
    private static String nested(String path, String value) {
        int dot = path.indexOf('.');
        String first = dot < 0 ? path : path.substring(0, dot);
        String inner = dot < 0 ? value : "{" + nested(path.substring(dot + 1), value) + "}";
        boolean list = first.endsWith("[0]");
        return "\"" + first.replace("[0]", "") + "\": " + (list ? "[" + inner + "]" : inner);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Message> T read(String json, Message.Builder into) {
        try {
            JsonFormat.parser().merge(json, into);
            return (T) into.build();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
