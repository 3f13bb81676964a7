package io.signalbox.dataplane.parse;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.BufferPerRoute;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.signalbox.dataplane.config.FilterConfig;
import io.signalbox.dataplane.config.HttpFilters;
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

    private static final Map<String, Parser> OF_LISTENERS =
            Map.of(url(Buffer.getDefaultInstance()), FilterConfigParser::buffer);

    private static final Map<String, Parser> OF_ROUTES = Map.of(
            url(BufferPerRoute.getDefaultInstance()),
            FilterConfigParser::bufferOfRoute,
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
    static FilterConfig route(String filter, Any config) throws InvalidFilterConfig {
        try {
            return ofRoute("config", config);
        } catch (InvalidResource e) {
            throw new InvalidFilterConfig(e.getMessage());
        }
    }

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
