package io.signalbox.dataplane.parse;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.BufferPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.Compressor;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.CompressorPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.signalbox.dataplane.config.FilterConfig;
import io.signalbox.dataplane.config.HttpFilters;
import io.signalbox.routing.FilterConfigs;
import io.signalbox.routing.FilterConfigs.InvalidFilterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the HTTP filters are told: one line here for each message that a listener, and that a route, may have. */
final class FilterConfigParser {
    @FunctionalInterface
    private interface Parser {
        FilterConfig parse(String at, Any any) throws InvalidResource;
    }

    private static final Map<String, Parser> OF_LISTENERS = Map.of(
            url(Buffer.getDefaultInstance()),
            FilterConfigParser::buffer,
            url(Cors.getDefaultInstance()),
            FilterConfigParser::cors,
            url(LocalRateLimit.getDefaultInstance()),
            RateLimitParser::limit,
            url(ExtAuthz.getDefaultInstance()),
            AuthorizationParser::ofListener,
            url(Compressor.getDefaultInstance()),
            CompressorParser::ofListener,
            url(HeaderMutation.getDefaultInstance()),
            HeadersParser::ofListener);

    private static final Map<String, Parser> OF_ROUTES = Map.of(
            url(BufferPerRoute.getDefaultInstance()),
            FilterConfigParser::bufferOfRoute,
            url(CorsPolicy.getDefaultInstance()),
            CorsParser::policy,
            url(LocalRateLimit.getDefaultInstance()),
            RateLimitParser::limit,
            url(ExtAuthzPerRoute.getDefaultInstance()),
            AuthorizationParser::ofRoute,
            url(CompressorPerRoute.getDefaultInstance()),
            CompressorParser::ofRoute,
            url(HeaderMutationPerRoute.getDefaultInstance()),
            HeadersParser::ofRoute,
            url(io.envoyproxy.envoy.config.route.v3.FilterConfig.getDefaultInstance()),
            FilterConfigParser::wrapped);

    private FilterConfigParser() {}

    /** @param filters without the router, which is the last one */
    static HttpFilters listener(String at, List<HttpFilter> filters) throws InvalidResource {
        List<HttpFilters.Entry> entries = new ArrayList<>(filters.size());
        for (int i = 0; i < filters.size(); i++) {
            HttpFilter filter = filters.get(i);
            String path = at + "[" + i + "]";
            Parser parser = OF_LISTENERS.get(filter.getTypedConfig().getTypeUrl());
            if (parser == null) {
                throw new InvalidResource(path + ": filter \"" + filter.getName() + "\" is not supported");
            }
            entries.add(new HttpFilters.Entry(
                    filter.getName(),
                    parser.parse(path + ".typed_config", filter.getTypedConfig()),
                    filter.getDisabled()));
        }
        return new HttpFilters(entries);
    }

    /** Reads what a route, or what it stands in, tells a filter. */
    static final FilterConfigs.Reader OF_ROUTE = new FilterConfigs.Reader() {
        @Override
        public FilterConfig read(String filter, Any config) throws InvalidFilterConfig {
            try {
                return ofRoute("config", config);
            } catch (InvalidResource e) {
                throw new InvalidFilterConfig(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public Object within(Object outer, Object inner) {
            return inner instanceof FilterConfig.Cors cors && outer instanceof FilterConfig.Cors around
                    ? cors.within(around)
                    : inner;
        }
    };

    private static FilterConfig ofRoute(String at, Any config) throws InvalidResource {
        Parser parser = OF_ROUTES.get(config.getTypeUrl());
        if (parser == null) {
            throw new InvalidResource(at + ": " + config.getTypeUrl() + " is not supported");
        }
        return parser.parse(at, config);
    }

    private static FilterConfig wrapped(String at, Any any) throws InvalidResource {
        var wrapper = Protos.unpack(at, any, io.envoyproxy.envoy.config.route.v3.FilterConfig.class);
        if (wrapper.getDisabled()) {
            return new FilterConfig.Off();
        }
        boolean empty = !wrapper.hasConfig() || wrapper.getConfig().getTypeUrl().isEmpty();
        return empty ? new FilterConfig.On() : ofRoute(at + ".config", wrapper.getConfig());
    }

    /** It does what routes say and has no settings itself. */
    private static FilterConfig cors(String at, Any any) throws InvalidResource {
        Protos.unpack(at, any, Cors.class);
        return FilterConfig.Cors.NOTHING;
    }

    private static FilterConfig buffer(String at, Any any) throws InvalidResource {
        return buffer(Protos.unpack(at, any, Buffer.class));
    }

    private static FilterConfig buffer(Buffer proto) {
        return new FilterConfig.Buffer(
                Integer.toUnsignedLong(proto.getMaxRequestBytes().getValue()));
    }

    private static FilterConfig bufferOfRoute(String at, Any any) throws InvalidResource {
        BufferPerRoute proto = Protos.unpack(at, any, BufferPerRoute.class);
        return proto.getDisabled() ? new FilterConfig.Off() : buffer(proto.getBuffer());
    }

    private static String url(Message message) {
        return "type.googleapis.com/" + message.getDescriptorForType().getFullName();
    }
}
