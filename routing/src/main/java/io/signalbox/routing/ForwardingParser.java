package io.signalbox.routing;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.RoutingPriority;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryHostPredicate;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import io.envoyproxy.envoy.config.route.v3.RouteAction.UpgradeConfig;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how a route wants its requests carried out. */
final class ForwardingParser {
    private static final java.time.Duration DEFAULT_TIMEOUT = java.time.Duration.ofSeconds(15);
    private static final java.time.Duration DEFAULT_INTERVAL = java.time.Duration.ofMillis(25);
    private static final int DEFAULT_INTERVALS = 10;

    private ForwardingParser() {}

    /** @param outer the virtual host's retries, where the route has none */
    static Forwarding parse(RouteAction proto, HashPolicies hash, Optional<Forwarding.Retries> outer, Field field)
            throws InvalidRouteConfiguration {
        return new Forwarding(
                proto.hasTimeout() ? duration(proto.getTimeout(), field.child("timeout")) : DEFAULT_TIMEOUT,
                optional(proto.hasIdleTimeout(), proto.getIdleTimeout(), field.child("idle_timeout")),
                switch (proto.getClusterNotFoundResponseCode()) {
                    case SERVICE_UNAVAILABLE -> 503;
                    case NOT_FOUND -> 404;
                    case INTERNAL_SERVER_ERROR -> 500;
                    case UNRECOGNIZED ->
                        throw field.child("cluster_not_found_response_code").unsupported();
                },
                hash,
                proto.hasHostRewriteHeader()
                        ? Optional.of(proto.getHostRewriteHeader()).filter(name -> !name.isEmpty())
                        : Optional.empty(),
                proto.getAutoHostRewrite().getValue(),
                proto.getAppendXForwardedHost(),
                mirrors(proto, field),
                proto.hasRetryPolicy()
                        ? Optional.of(retries(proto.getRetryPolicy(), field.child("retry_policy")))
                        : outer,
                upgrades(proto, field),
                proto.getPriority() == RoutingPriority.HIGH);
    }

    private static List<Forwarding.Mirror> mirrors(RouteAction proto, Field field) throws InvalidRouteConfiguration {
        List<Forwarding.Mirror> mirrors = new ArrayList<>(proto.getRequestMirrorPoliciesCount());
        for (int i = 0; i < proto.getRequestMirrorPoliciesCount(); i++) {
            mirrors.add(mirror(proto.getRequestMirrorPolicies(i), field.child("request_mirror_policies", i)));
        }
        return mirrors;
    }

    private static Forwarding.Mirror mirror(RequestMirrorPolicy proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(proto, Set.of("cluster", "cluster_header", "runtime_fraction", "trace_sampled"));
        if (proto.getCluster().isEmpty() == proto.getClusterHeader().isEmpty()) {
            throw field.invalid("names a cluster twice or not at all (expected: one of cluster, cluster_header)");
        }
        Forwarding.Target target = proto.getCluster().isEmpty()
                ? new Forwarding.Target.Header(Ascii.lower(proto.getClusterHeader()))
                : new Forwarding.Target.Cluster(proto.getCluster());
        if (!proto.hasRuntimeFraction()) {
            return new Forwarding.Mirror(target, 1, 1);
        }
        Condition.Fraction fraction =
                ConditionParser.fraction(proto.getRuntimeFraction(), field.child("runtime_fraction"));
        return new Forwarding.Mirror(target, fraction.numerator(), fraction.denominator());
    }

    private static Map<String, Boolean> upgrades(RouteAction proto, Field field) throws InvalidRouteConfiguration {
        Map<String, Boolean> upgrades = new HashMap<>();
        for (int i = 0; i < proto.getUpgradeConfigsCount(); i++) {
            UpgradeConfig upgrade = proto.getUpgradeConfigs(i);
            Field at = field.child("upgrade_configs", i);
            at.requireOnly(upgrade, Set.of("upgrade_type", "enabled", "connect_config"));
            at.child("upgrade_type").requireNonEmpty(upgrade.getUpgradeType());
            requireConfigOfTunnel(upgrade, at.child("connect_config"));
            boolean enabled = !upgrade.hasEnabled() || upgrade.getEnabled().getValue();
            if (upgrades.put(Ascii.lower(upgrade.getUpgradeType()), enabled) != null) {
                throw at.child("upgrade_type").invalid("\"" + upgrade.getUpgradeType() + "\" is not the only one");
            }
        }
        return upgrades;
    }

    /** Tunnels end here and go on as TCP; that servers get the {@code CONNECT} itself is not supported. */
    private static void requireConfigOfTunnel(UpgradeConfig upgrade, Field field) throws InvalidRouteConfiguration {
        boolean tunnel = Ascii.lower(upgrade.getUpgradeType()).equals("connect");
        if (tunnel && !upgrade.hasConnectConfig()) {
            throw field.required();
        } else if (!tunnel && upgrade.hasConnectConfig()) {
            throw field.invalid("is there beside another upgrade_type than CONNECT");
        }
        field.requireOnly(upgrade.getConnectConfig(), Set.of());
    }

    static Forwarding.Retries retries(RetryPolicy proto, Field field) throws InvalidRouteConfiguration {
        field.requireOnly(
                proto,
                Set.of(
                        "retry_on",
                        "num_retries",
                        "per_try_timeout",
                        "per_try_idle_timeout",
                        "retry_host_predicate",
                        "host_selection_retry_max_attempts",
                        "retriable_status_codes",
                        "retriable_headers",
                        "retriable_request_headers",
                        "retry_back_off"));
        List<String> on = proto.getRetryOn().isEmpty()
                ? List.of()
                : List.of(proto.getRetryOn().split(" *, *"));
        java.time.Duration base = DEFAULT_INTERVAL;
        java.time.Duration max = DEFAULT_INTERVAL.multipliedBy(DEFAULT_INTERVALS);
        if (proto.hasRetryBackOff()) {
            Field backOff = field.child("retry_back_off");
            base = duration(proto.getRetryBackOff().getBaseInterval(), backOff.child("base_interval"));
            max = proto.getRetryBackOff().hasMaxInterval()
                    ? duration(proto.getRetryBackOff().getMaxInterval(), backOff.child("max_interval"))
                    : base.multipliedBy(DEFAULT_INTERVALS);
            if (base.isZero() || max.compareTo(base) < 0) {
                throw backOff.invalid(
                        base + " to " + max + " (expected: more than 0, and the longest not below the base)");
            }
        }
        return new Forwarding.Retries(
                on,
                proto.hasNumRetries()
                        ? Integer.toUnsignedLong(proto.getNumRetries().getValue())
                        : 1,
                optional(proto.hasPerTryTimeout(), proto.getPerTryTimeout(), field.child("per_try_timeout")),
                optional(
                        proto.hasPerTryIdleTimeout(),
                        proto.getPerTryIdleTimeout(),
                        field.child("per_try_idle_timeout")),
                proto.getRetriableStatusCodesList(),
                conditions(proto.getRetriableHeadersList(), field, "retriable_headers"),
                conditions(proto.getRetriableRequestHeadersList(), field, "retriable_request_headers"),
                base,
                max,
                Math.max(1, proto.getHostSelectionRetryMaxAttempts()),
                otherHosts(proto, field));
    }

    private static List<HeaderCondition> conditions(List<HeaderMatcher> protos, Field field, String name)
            throws InvalidRouteConfiguration {
        List<HeaderCondition> conditions = new ArrayList<>(protos.size());
        for (int i = 0; i < protos.size(); i++) {
            conditions.add(HeaderCondition.parse(protos.get(i), field.child(name, i)));
        }
        return conditions;
    }

    private static boolean otherHosts(RetryPolicy proto, Field field) throws InvalidRouteConfiguration {
        for (int i = 0; i < proto.getRetryHostPredicateCount(); i++) {
            RetryHostPredicate predicate = proto.getRetryHostPredicate(i);
            Any config = predicate.getTypedConfig();
            if (!config.is(PreviousHostsPredicate.class)) {
                throw field.child("retry_host_predicate", i).unsupported();
            }
        }
        return proto.getRetryHostPredicateCount() > 0;
    }

    private static Optional<java.time.Duration> optional(boolean present, Duration proto, Field field)
            throws InvalidRouteConfiguration {
        return present ? Optional.of(duration(proto, field)) : Optional.empty();
    }

    private static java.time.Duration duration(Duration proto, Field field) throws InvalidRouteConfiguration {
        if (proto.getSeconds() < 0 || proto.getNanos() < 0 || proto.getNanos() > 999_999_999) {
            throw field.invalid(proto.getSeconds() + " s " + proto.getNanos() + " ns (expected: 0 or more)");
        }
        return java.time.Duration.ofSeconds(proto.getSeconds(), proto.getNanos());
    }
}
