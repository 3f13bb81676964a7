package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.BufferPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.signalbox.controlplane.compile.ResolvedListener;
import io.signalbox.controlplane.model.Authorization;
import io.signalbox.controlplane.model.BodyLimit;
import io.signalbox.controlplane.model.Policies;
import io.signalbox.controlplane.model.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The HTTP filters of every listener, in the order in which requests pass them: browsers' preflights, which bring no
 * credentials, are answered before anybody is asked who they are from; what is not allowed takes none of the requests that
 * others may make; and what is refused costs nothing after that. Those whose settings routes bring along stand in every listener,
 * switched off, so that a route that begins to use one changes no listener, which would close connections.
 */
final class HttpFilters {
    private static final String CORS = "envoy.filters.http.cors";
    private static final String AUTHORIZATION = "envoy.filters.http.ext_authz";
    private static final String RATE_LIMIT = "envoy.filters.http.local_ratelimit";
    private static final String BUFFER = "envoy.filters.http.buffer";
    private static final String HEADERS = "envoy.filters.http.header_mutation";
    private static final String ROUTER = "envoy.filters.http.router";

    private static final String ALT_STAT_NAME = "x-envoy-upstream-alt-stat-name";

    private static final Any OFF = Any.pack(io.envoyproxy.envoy.config.route.v3.FilterConfig.newBuilder()
            .setDisabled(true)
            .build());

    private HttpFilters() {}

    static List<HttpFilter> chain(ResolvedListener listener) {
        List<HttpFilter> chain = new ArrayList<>();
        chain.add(onDemand(CORS, Cors.getDefaultInstance()));
        listener.edge().authorization().ifPresent(authorization -> chain.add(authorization(authorization)));
        chain.add(onDemand(
                RATE_LIMIT,
                LocalRateLimit.newBuilder().setStatPrefix(RateLimits.STATISTICS).build()));
        chain.add(onDemand(BUFFER, buffer(new BodyLimit(1))));
        listener.edge()
                .compression()
                .ifPresent(compression -> Compressors.filters(compression)
                        .forEach((name, compressor) -> chain.add(filter(name, compressor))));
        chain.add(onDemand(HEADERS, HeaderMutation.getDefaultInstance()));
        chain.add(filter(ROUTER, Router.getDefaultInstance()));
        return chain;
    }

    /** What a route, or what it stands in, says to filters: {@code typed_per_filter_config}. */
    static Map<String, Any> configs(Policies policies) {
        Map<String, Any> configs = new TreeMap<>();
        put(configs, CORS, policies.cors(), CorsPolicies::policy);
        put(configs, RATE_LIMIT, policies.rateLimit(), RateLimits::limit);
        put(
                configs,
                BUFFER,
                policies.maxRequestBody(),
                limit -> BufferPerRoute.newBuilder().setBuffer(buffer(limit)).build());
        policies.authorization()
                .ifPresent(enabled -> configs.put(AUTHORIZATION, enabled ? Any.pack(Authorizations.ON) : OFF));
        policies.compression().ifPresent(enabled -> {
            Any compression = Any.pack(Compressors.ofRoute(enabled));
            Compressors.NAMES.forEach(filter -> configs.put(filter, compression));
        });
        return configs;
    }

    /**
     * The same of a route.
     *
     * @param upgrades whether it lets clients go over to another protocol, whose bytes have no end that the buffer could wait for
     */
    static Map<String, Any> configs(Policies policies, boolean upgrades) {
        Map<String, Any> configs = configs(policies);
        if (upgrades) {
            configs.put(BUFFER, OFF);
        }
        return configs;
    }

    private static <T> void put(
            Map<String, Any> configs, String filter, Optional<Policy<T>> policy, Function<T, Message> config) {
        policy.ifPresent(said ->
                configs.put(filter, said instanceof Policy.On<T> on ? Any.pack(config.apply(on.settings())) : OFF));
    }

    private static Buffer buffer(BodyLimit limit) {
        return Buffer.newBuilder()
                .setMaxRequestBytes(UInt32Value.of(limit.bytes()))
                .build();
    }

    /** What a route says for whose requests nobody is asked whether they may pass. */
    static Map<String, Any> unauthorized() {
        return Map.of(AUTHORIZATION, OFF);
    }

    /**
     * What an arm of a split says whose requests are to be counted apart. The router reads the header before it makes the arm's
     * own changes to headers, so it takes a filter to set it; then it removes it.
     *
     * @param statistic comes between the name of the cluster's statistics and those of the counters
     */
    static Map<String, Any> counted(String statistic) {
        HeaderMutationPerRoute.Builder config = HeaderMutationPerRoute.newBuilder();
        config.getMutationsBuilder()
                .addRequestMutationsBuilder()
                .getAppendBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(ALT_STAT_NAME).setValue(statistic))
                .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD);
        return Map.of(HEADERS, Any.pack(config.build()));
    }

    private static HttpFilter authorization(Authorization authorization) {
        ExtAuthz config = Authorizations.of(authorization);
        return authorization.onDemand() ? onDemand(AUTHORIZATION, config) : filter(AUTHORIZATION, config);
    }

    private static HttpFilter onDemand(String name, Message config) {
        return filter(name, config).toBuilder().setDisabled(true).build();
    }

    private static HttpFilter filter(String name, Message config) {
        return HttpFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }
}
