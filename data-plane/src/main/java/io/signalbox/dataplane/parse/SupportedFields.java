package io.signalbox.dataplane.parse;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which fields we honour, and which may be there without being honoured because they change no answer to a request
 * (statistics, buffers, sockets). Every other field that is set is refused by its path, so that no config is half
 * obeyed in silence. Messages that are not listed are read whole by their parser.
 */
final class SupportedFields {
    private record Fields(Set<String> honoured, Set<String> tolerated) {}

    private static final Map<String, Fields> BY_MESSAGE = new HashMap<>();

    static {
        bootstrap();
        clusters();
        endpoints();
        listeners();
        connectionManager();
        tls();
    }

    private SupportedFields() {}

    /**
     * Looks through a message and what it contains, except for {@code Any}s, whose parsers ask again.
     *
     * @param at path of the message, empty for a resource itself
     */
    static void check(String at, Message message) throws InvalidResource {
        Fields fields = BY_MESSAGE.get(message.getDescriptorForType().getFullName());
        if (fields != null && !message.getUnknownFields().asMap().isEmpty()) {
            int number = message.getUnknownFields().asMap().keySet().iterator().next();
            throw new InvalidResource(
                    path(at, "") + "field number " + number + " of " + name(message) + " is not known");
        }
        for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
            String field = set.getKey().getName();
            if (fields != null && fields.tolerated.contains(field)) {
                continue;
            }
            if (fields != null && !fields.honoured.contains(field)) {
                throw new InvalidResource(path(at, field) + " is not supported");
            }
            descend(path(at, field), set.getValue());
        }
    }

    private static void descend(String at, Object value) throws InvalidResource {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                descend(at + "[" + i + "]", list.get(i));
            }
        } else if (value instanceof Message message) {
            check(at, message);
        }
    }

    private static String name(Message message) {
        return message.getDescriptorForType().getName();
    }

    private static String path(String at, String field) {
        return at.isEmpty() ? field : field.isEmpty() ? at + ": " : at + "." + field;
    }

    private static void message(String fullName, String honoured, String tolerated) {
        BY_MESSAGE.put(fullName, new Fields(words(honoured), words(tolerated)));
    }

    private static Set<String> words(String line) {
        return line.isBlank() ? Set.of() : Set.of(line.strip().split("\\s+"));
    }

    private static void bootstrap() {
        message(
                "envoy.config.bootstrap.v3.Bootstrap",
                "node static_resources dynamic_resources admin layered_runtime cluster_manager"
                        + " stats_sinks stats_config stats_flush_interval",
                "overload_manager flags_path"
                        + " stats_flush_on_admin deferred_stat_options watchdog watchdogs"
                        + " enable_dispatcher_stats use_tcp_for_dns_lookups"
                        + " stats_server_version_override default_socket_interface"
                        + " perf_tracing_file_path application_log_config"
                        + " grpc_async_client_manager_config memory_allocator_manager"
                        + " fatal_actions node_context_params");
        message(
                "envoy.config.metrics.v3.StatsConfig",
                "histogram_bucket_settings",
                "stats_tags use_all_default_tags stats_matcher");
        message("envoy.config.metrics.v3.HistogramBucketSettings", "match buckets", "");
        message(
                "envoy.config.metrics.v3.MetricsServiceConfig",
                "grpc_service report_counters_as_deltas histogram_emit_mode",
                "transport_api_version");
        // Runtime layers that come from people at the admin interface are none that we obey; others change answers.
        message("envoy.config.bootstrap.v3.LayeredRuntime", "layers", "");
        message("envoy.config.bootstrap.v3.RuntimeLayer", "name admin_layer", "");
        message(
                "envoy.config.bootstrap.v3.ClusterManager",
                "load_stats_config",
                "outlier_detection enable_deferred_cluster_creation");
        message("envoy.config.bootstrap.v3.Bootstrap.StaticResources", "listeners clusters secrets", "");
        message("envoy.config.bootstrap.v3.Bootstrap.DynamicResources", "lds_config cds_config ads_config", "");
        message(
                "envoy.config.bootstrap.v3.Admin",
                "address",
                "access_log access_log_path profile_path socket_options ignore_global_conn_limit");
        message(
                "envoy.config.core.v3.ApiConfigSource",
                "api_type transport_api_version grpc_services set_node_on_first_message_only",
                "rate_limit_settings request_timeout");
        message("envoy.config.core.v3.GrpcService", "envoy_grpc", "timeout retry_policy");
        message(
                "envoy.config.core.v3.GrpcService.EnvoyGrpc",
                "cluster_name authority",
                "retry_policy max_receive_message_length skip_envoy_headers");
        message("envoy.config.core.v3.ConfigSource", "ads resource_api_version", "initial_fetch_timeout");
        message("envoy.config.core.v3.SocketAddress", "protocol address port_value", "ipv4_compat");
        message("envoy.config.core.v3.Address", "socket_address", "");
    }

    private static void clusters() {
        message(
                "envoy.config.cluster.v3.Cluster",
                "name type connect_timeout load_assignment lb_policy eds_cluster_config least_request_lb_config"
                        + " ring_hash_lb_config maglev_lb_config health_checks outlier_detection round_robin_lb_config typed_extension_protocol_options http2_protocol_options"
                        + " http_protocol_options common_lb_config circuit_breakers dns_refresh_rate"
                        + " dns_lookup_family lb_subset_config transport_socket ignore_health_on_host_removal",
                "alt_stat_name per_connection_buffer_limit_bytes metadata"
                        + " upstream_connection_options cleanup_interval"
                        + " dns_jitter dns_failure_refresh_rate respect_dns_ttl"
                        + " use_tcp_for_dns_lookups"
                        + " track_timeout_budgets track_cluster_stats preconnect_policy"
                        + " lrs_server lrs_report_endpoint_metrics");
        message("envoy.config.cluster.v3.Cluster.EdsClusterConfig", "eds_config service_name", "");
        message(
                "envoy.config.cluster.v3.Cluster.LeastRequestLbConfig",
                "choice_count active_request_bias slow_start_config",
                "");
        message("envoy.config.cluster.v3.Cluster.RoundRobinLbConfig", "slow_start_config", "");
        message(
                "envoy.config.cluster.v3.Cluster.SlowStartConfig",
                "slow_start_window aggression min_weight_percent",
                "");
        message(
                "envoy.config.cluster.v3.Cluster.LbSubsetConfig",
                "fallback_policy default_subset subset_selectors locality_weight_aware",
                "");
        message("envoy.config.cluster.v3.Cluster.LbSubsetConfig.LbSubsetSelector", "keys fallback_policy", "");
        message(
                "envoy.config.cluster.v3.Cluster.RingHashLbConfig",
                "minimum_ring_size maximum_ring_size hash_function",
                "");
        message("envoy.config.cluster.v3.Cluster.MaglevLbConfig", "table_size", "");
        message("envoy.config.cluster.v3.CircuitBreakers", "thresholds", "");
        health();
        message(
                "envoy.config.cluster.v3.CircuitBreakers.Thresholds",
                "priority max_connections max_pending_requests max_requests max_retries retry_budget",
                "track_remaining");
        message(
                "envoy.config.cluster.v3.Cluster.CommonLbConfig",
                "healthy_panic_threshold locality_weighted_lb_config",
                "update_merge_window override_host_status zone_aware_lb_config");
        message(
                "envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                "explicit_http_config auto_config common_http_protocol_options",
                "");
        message(
                "envoy.extensions.upstreams.http.v3.HttpProtocolOptions.AutoHttpConfig",
                "http_protocol_options http2_protocol_options",
                "");
    }

    private static void health() {
        message(
                "envoy.config.core.v3.HealthCheck",
                "timeout interval unhealthy_threshold healthy_threshold http_health_check tcp_health_check"
                        + " grpc_health_check tls_options",
                "no_traffic_interval no_traffic_healthy_interval unhealthy_interval unhealthy_edge_interval"
                        + " healthy_edge_interval initial_jitter interval_jitter interval_jitter_percent"
                        + " reuse_connection event_log_path event_logger event_service always_log_health_check_failures"
                        + " always_log_health_check_success");
        message(
                "envoy.config.core.v3.HealthCheck.HttpHealthCheck",
                "host path expected_statuses codec_client_type",
                "");
        message("envoy.config.core.v3.HealthCheck.GrpcHealthCheck", "service_name authority", "");
        message("envoy.config.core.v3.HealthCheck.TlsOptions", "alpn_protocols", "");
        message("envoy.config.core.v3.HealthCheck.TcpHealthCheck", "", "");
        // The rules by success rate and failure percentage, which are not kept, are looked at by the parser.
        message(
                "envoy.config.cluster.v3.OutlierDetection",
                "consecutive_5xx consecutive_gateway_failure enforcing_consecutive_5xx"
                        + " enforcing_consecutive_gateway_failure interval base_ejection_time max_ejection_time"
                        + " max_ejection_percent enforcing_success_rate enforcing_failure_percentage",
                "success_rate_minimum_hosts success_rate_request_volume success_rate_stdev_factor"
                        + " failure_percentage_threshold failure_percentage_minimum_hosts"
                        + " failure_percentage_request_volume max_ejection_time_jitter");
    }

    private static void endpoints() {
        message("envoy.config.endpoint.v3.ClusterLoadAssignment", "cluster_name endpoints policy", "");
        message("envoy.config.endpoint.v3.ClusterLoadAssignment.Policy", "", "");
        message(
                "envoy.config.endpoint.v3.LocalityLbEndpoints",
                "lb_endpoints priority locality load_balancing_weight",
                "proximity metadata");
        message("envoy.config.endpoint.v3.LbEndpoint", "endpoint health_status load_balancing_weight metadata", "");
        message("envoy.config.endpoint.v3.Endpoint", "address", "");
    }

    private static void listeners() {
        message(
                "envoy.config.listener.v3.Listener",
                "name address filter_chains listener_filters listener_filters_timeout"
                        + " continue_on_listener_filters_timeout per_connection_buffer_limit_bytes",
                "stat_prefix metadata drain_type traffic_direction socket_options"
                        + " tcp_fast_open_queue_length connection_balance_config reuse_port enable_reuse_port"
                        + " access_log tcp_backlog_size max_connections_to_accept_per_socket_event"
                        + " ignore_global_conn_limit bypass_overload_manager enable_mptcp");
        message("envoy.config.listener.v3.ListenerFilter", "name typed_config", "");
        message(
                "envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol",
                "allow_requests_without_proxy_protocol",
                "stat_prefix");
        message(
                "envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit",
                "max_connections",
                "stat_prefix");
        message(
                "envoy.config.listener.v3.FilterChain",
                "name filters transport_socket filter_chain_match",
                "transport_socket_connect_timeout metadata");
        message("envoy.config.listener.v3.FilterChainMatch", "server_names source_prefix_ranges", "");
        message("envoy.config.core.v3.CidrRange", "address_prefix prefix_len", "");
        message("envoy.config.listener.v3.Filter", "name typed_config", "");
        String tcp = "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy";
        message(
                tcp,
                "cluster weighted_clusters metadata_match idle_timeout access_log max_connect_attempts hash_policy",
                "stat_prefix access_log_flush_interval flush_access_log_on_connected access_log_options");
        message(tcp + ".WeightedCluster", "clusters", "");
        message(tcp + ".WeightedCluster.ClusterWeight", "name weight metadata_match", "");
        message("envoy.type.v3.HashPolicy", "source_ip", "");
    }

    private static void connectionManager() {
        String hcm = "envoy.extensions.filters.network.http_connection_manager.v3.";
        message(
                hcm + "HttpConnectionManager",
                "access_log codec_type rds route_config http_filters server_name use_remote_address skip_xff_append"
                        + " xff_num_trusted_hops early_header_mutation_extensions"
                        + " forward_client_cert_details set_current_client_cert_details"
                        + " normalize_path merge_slashes path_with_escaped_slashes_action strip_any_host_port"
                        + " generate_request_id preserve_external_request_id always_set_request_id_in_response"
                        + " common_http_protocol_options http_protocol_options http2_protocol_options drain_timeout max_request_headers_kb stream_idle_timeout",
                "stat_prefix http3_protocol_options delayed_close_timeout"
                        + " request_headers_timeout append_local_overload");
        // Access logs to other places than standard output change no answer; see AccessLogParser.
        message("envoy.config.core.v3.SubstitutionFormatString", "text_format_source json_format", "content_type");
        message("envoy.extensions.access_loggers.stream.v3.StdoutAccessLog", "log_format", "");
        message(hcm + "HttpConnectionManager.SetCurrentClientCertDetails", "cert chain subject uri dns", "");
        message(hcm + "Rds", "config_source route_config_name", "");
        message(hcm + "HttpFilter", "name typed_config disabled", "is_optional");
        message("envoy.config.core.v3.TypedExtensionConfig", "name typed_config", "");
        message("envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation", "mutations", "");
        message("envoy.config.common.mutation_rules.v3.HeaderMutation", "remove append", "");
        message(
                "envoy.config.core.v3.HttpProtocolOptions",
                "idle_timeout max_headers_count max_requests_per_connection",
                "");
        message("envoy.config.core.v3.Http1ProtocolOptions", "", "");
        message(
                "envoy.config.core.v3.Http2ProtocolOptions",
                "max_concurrent_streams initial_stream_window_size initial_connection_window_size"
                        + " override_stream_error_on_invalid_http_message connection_keepalive",
                "hpack_table_size");
        filters();
        message(
                "envoy.extensions.filters.http.router.v3.Router",
                "suppress_envoy_headers",
                "dynamic_stats start_child_span suppress_grpc_request_failure_code_stats");
    }

    /** What the HTTP filters before the router honour, of a listener and of a route. */
    private static void filters() {
        message("envoy.config.route.v3.FilterConfig", "config disabled", "is_optional");
        message("envoy.extensions.filters.http.buffer.v3.Buffer", "max_request_bytes", "");
        message("envoy.extensions.filters.http.buffer.v3.BufferPerRoute", "disabled buffer", "");
        message("envoy.extensions.filters.http.cors.v3.Cors", "", "");
        message(
                "envoy.extensions.filters.http.cors.v3.CorsPolicy",
                "allow_origin_string_match allow_methods allow_headers expose_headers max_age allow_credentials"
                        + " forward_not_matching_preflights",
                "");
        message(
                "envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit",
                "status token_bucket filter_enabled filter_enforced enable_x_ratelimit_headers",
                "stat_prefix");
        message("envoy.config.core.v3.RuntimeFractionalPercent", "default_value", "");
        authorization();
        String mutation = "envoy.extensions.filters.http.header_mutation.v3.";
        message(mutation + "HeaderMutation", "mutations", "");
        message(mutation + "HeaderMutationPerRoute", "mutations", "");
        message(mutation + "Mutations", "request_mutations", "");
        message("envoy.config.core.v3.HeaderValueOption", "header append_action", "");
        message("envoy.config.core.v3.HeaderValue", "key value", "");
        String compressor = "envoy.extensions.filters.http.compressor.v3.";
        message(compressor + "Compressor", "compressor_library response_direction_config choose_first", "");
        message(compressor + "Compressor.ResponseDirectionConfig", "common_config", "");
        message(compressor + "Compressor.CommonDirectionConfig", "min_content_length content_type", "");
        message(compressor + "CompressorPerRoute", "disabled overrides", "");
        message(compressor + "CompressorOverrides", "response_direction_config", "");
        message(compressor + "ResponseDirectionOverrides", "", "");
        String compression = "envoy.extensions.compression.";
        message(
                compression + "brotli.compressor.v3.Brotli",
                "quality",
                "encoder_mode window_bits input_block_bits chunk_size disable_literal_context_modeling");
        message(
                compression + "gzip.compressor.v3.Gzip",
                "compression_level",
                "memory_level compression_strategy window_bits chunk_size");
        message(compression + "zstd.compressor.v3.Zstd", "compression_level", "enable_checksum strategy chunk_size");
    }

    private static void authorization() {
        String authorization = "envoy.extensions.filters.http.ext_authz.v3.";
        message(
                authorization + "ExtAuthz",
                "http_service failure_mode_allow status_on_error allowed_headers",
                "stat_prefix transport_api_version");
        message(authorization + "HttpService", "server_uri path_prefix authorization_response", "");
        message("envoy.config.core.v3.HttpUri", "uri cluster timeout", "");
        message(
                authorization + "AuthorizationResponse",
                "allowed_upstream_headers allowed_client_headers_on_success",
                "");
        message("envoy.type.matcher.v3.ListStringMatcher", "patterns", "");
        message(authorization + "ExtAuthzPerRoute", "disabled check_settings", "");
        message(authorization + "CheckSettings", "", "");
    }

    private static void tls() {
        String tls = "envoy.extensions.transport_sockets.tls.v3.";
        message(
                tls + "DownstreamTlsContext",
                "common_tls_context require_client_certificate full_scan_certs_on_sni_mismatch",
                "session_timeout disable_stateless_session_resumption disable_stateful_session_resumption");
        message(
                tls + "CommonTlsContext",
                "tls_params tls_certificates tls_certificate_sds_secret_configs validation_context alpn_protocols",
                "");
        message(tls + "UpstreamTlsContext", "common_tls_context sni", "allow_renegotiation max_session_keys");
        message(tls + "CertificateValidationContext", "trusted_ca match_typed_subject_alt_names", "");
        message(tls + "SubjectAltNameMatcher", "san_type matcher", "");
        message(tls + "TlsParameters", "tls_minimum_protocol_version tls_maximum_protocol_version cipher_suites", "");
        message(tls + "TlsCertificate", "certificate_chain private_key", "");
        message(tls + "SdsSecretConfig", "name sds_config", "");
        message(tls + "Secret", "name tls_certificate", "");
        message("envoy.config.core.v3.TransportSocket", "name typed_config", "");
    }
}
