package io.signalbox.dataplane.parse;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.signalbox.dataplane.config.FilterConfig;
import io.signalbox.routing.InvalidRouteConfiguration;
import io.signalbox.routing.TextCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code CorsPolicy}. */
final class CorsParser {
    private CorsParser() {}

    static FilterConfig policy(String at, Any any) throws InvalidResource {
        CorsPolicy proto = Protos.unpack(at, any, CorsPolicy.class);
        List<TextCondition> origins = new ArrayList<>(proto.getAllowOriginStringMatchCount());
        for (int i = 0; i < proto.getAllowOriginStringMatchCount(); i++) {
            try {
                origins.add(TextCondition.parse(proto.getAllowOriginStringMatch(i)));
            } catch (InvalidRouteConfiguration e) {
                throw new InvalidResource(at + ".allow_origin_string_match[" + i + "]." + e.getMessage(), e);
            }
        }
        return new FilterConfig.Cors(
                origins,
                proto.getAllowMethods(),
                proto.getAllowHeaders(),
                proto.getExposeHeaders(),
                proto.getMaxAge(),
                proto.hasAllowCredentials()
                        ? Optional.of(proto.getAllowCredentials().getValue())
                        : Optional.empty(),
                proto.hasForwardNotMatchingPreflights()
                        ? Optional.of(proto.getForwardNotMatchingPreflights().getValue())
                        : Optional.empty());
    }
}
