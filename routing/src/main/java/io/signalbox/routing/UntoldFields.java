package io.signalbox.routing;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Map;
import java.util.Set;

/** Fields that change answers though no decision tells of them, so that nobody who carries decisions out can know of them. */
enum UntoldFields {
    /** Whoever asks only for decisions does not miss them. */
    LEFT_ALONE,
    REFUSED;

    private static final String ROUTE = "envoy.config.route.v3.";

    private static final Map<String, Set<String>> BY_MESSAGE = Map.of(
            ROUTE + "RouteConfiguration",
            Set.of("internal_only_headers"),
            ROUTE + "VirtualHost",
            Set.of(
                    "cors",
                    "hedge_policy",
                    "include_request_attempt_count",
                    "include_attempt_count_in_response",
                    "include_is_timeout_retry_header",
                    "per_request_buffer_limit_bytes",
                    "rate_limits",
                    "retry_policy_typed_config"),
            ROUTE + "Route",
            Set.of("decorator", "per_request_buffer_limit_bytes", "tracing"),
            ROUTE + "RouteAction",
            Set.of(
                    "cors",
                    "grpc_timeout_offset",
                    "hedge_policy",
                    "include_vh_rate_limits",
                    "max_grpc_timeout",
                    "max_stream_duration",
                    "priority",
                    "rate_limits",
                    "retry_policy_typed_config"));

    void check(Message message, Field field) throws InvalidRouteConfiguration {
        if (this == LEFT_ALONE) {
            return;
        }
        Set<String> untold =
                BY_MESSAGE.getOrDefault(message.getDescriptorForType().getFullName(), Set.of());
        for (FieldDescriptor set : message.getAllFields().keySet()) {
            if (untold.contains(set.getName())) {
                throw field.child(set.getName()).unsupported();
            }
        }
    }
}
