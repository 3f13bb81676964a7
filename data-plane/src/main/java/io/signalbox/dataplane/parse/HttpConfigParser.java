package io.signalbox.dataplane.parse;

import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.CodecType;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.signalbox.dataplane.config.HttpConfig;
import io.signalbox.dataplane.config.HttpConfig.RequestIdPolicy;
import io.signalbox.dataplane.config.HttpConfig.RouteSource;
import io.signalbox.routing.InvalidRouteConfiguration;
import io.signalbox.routing.PathPolicy;
import io.signalbox.routing.PathPolicy.EscapedSlashes;
import io.signalbox.routing.RouteTable;
import java.time.Duration;
import java.util.List;

/** {@code HttpConnectionManager}; the defaults are Envoy's. */
final class HttpConfigParser {
    private static final int DEFAULT_MAX_HEADERS_KB = 60;
    private static final int DEFAULT_MAX_HEADERS = 100;
    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofHours(1);
    private static final Duration DEFAULT_STREAM_IDLE_TIMEOUT = Duration.ofMinutes(5);

    private HttpConfigParser() {}

    /** The message's own fields are already checked, by unpacking. */
    static HttpConfig parse(String at, HttpConnectionManager proto, long bufferBytes) throws InvalidResource {
        if (proto.getCodecType() != CodecType.AUTO && proto.getCodecType() != CodecType.HTTP1) {
            throw new InvalidResource(at + ".codec_type: " + proto.getCodecType() + " is not supported");
        }
        List<HttpFilter> filters = proto.getHttpFiltersList();
        Router router = router(at + ".http_filters", filters);
        var common = proto.getCommonHttpProtocolOptions();
        if (common.hasMaxRequestsPerConnection()) {
            throw new InvalidResource(
                    at + ".common_http_protocol_options.max_requests_per_connection is not supported");
        }
        return new HttpConfig(
                routes(at, proto),
                proto.getServerName().isEmpty() ? "envoy" : proto.getServerName(),
                TrustParser.parse(at, proto),
                new PathPolicy(proto.getNormalizePath().getValue(), proto.getMergeSlashes(), escapedSlashes(at, proto)),
                proto.getStripAnyHostPort(),
                new RequestIdPolicy(
                        !proto.hasGenerateRequestId()
                                || proto.getGenerateRequestId().getValue(),
                        proto.getPreserveExternalRequestId(),
                        proto.getAlwaysSetRequestIdInResponse()),
                !router.getSuppressEnvoyHeaders(),
                1024
                        * (proto.hasMaxRequestHeadersKb()
                                ? proto.getMaxRequestHeadersKb().getValue()
                                : DEFAULT_MAX_HEADERS_KB),
                common.hasMaxHeadersCount() ? common.getMaxHeadersCount().getValue() : DEFAULT_MAX_HEADERS,
                bufferBytes,
                common.hasIdleTimeout() ? Protos.duration(common.getIdleTimeout()) : DEFAULT_IDLE_TIMEOUT,
                proto.hasStreamIdleTimeout()
                        ? Protos.duration(proto.getStreamIdleTimeout())
                        : DEFAULT_STREAM_IDLE_TIMEOUT,
                Http2Parser.parse(at, proto),
                FilterConfigParser.listener(at + ".http_filters", filters.subList(0, filters.size() - 1)),
                AccessLogParser.parse(at + ".access_log", proto.getAccessLogList()));
    }

    private static RouteSource routes(String at, HttpConnectionManager proto) throws InvalidResource {
        return switch (proto.getRouteSpecifierCase()) {
            case RDS -> {
                Protos.requireAds(at + ".rds.config_source", proto.getRds().getConfigSource());
                yield new RouteSource.Rds(proto.getRds().getRouteConfigName());
            }
            case ROUTE_CONFIG -> {
                try {
                    yield new RouteSource.Inline(RouteTable.parse(proto.getRouteConfig(), FilterConfigParser.OF_ROUTE));
                } catch (InvalidRouteConfiguration e) {
                    throw new InvalidResource(at + ".route_config: " + e.getMessage(), e);
                }
            }
            default -> throw new InvalidResource(at + ": rds or route_config is required");
        };
    }

    private static Router router(String at, List<HttpFilter> filters) throws InvalidResource {
        int last = filters.size() - 1;
        if (last < 0 || filters.get(last).getDisabled()) {
            throw new InvalidResource(at + ": the router filter is required");
        }
        return Protos.unpack(
                at + "[" + last + "].typed_config", filters.get(last).getTypedConfig(), Router.class);
    }

    private static EscapedSlashes escapedSlashes(String at, HttpConnectionManager proto) throws InvalidResource {
        return switch (proto.getPathWithEscapedSlashesAction()) {
            case IMPLEMENTATION_SPECIFIC_DEFAULT, KEEP_UNCHANGED -> EscapedSlashes.KEEP;
            case REJECT_REQUEST -> EscapedSlashes.REJECT;
            case UNESCAPE_AND_REDIRECT -> EscapedSlashes.UNESCAPE_AND_REDIRECT;
            case UNESCAPE_AND_FORWARD -> EscapedSlashes.UNESCAPE_AND_FORWARD;
            case UNRECOGNIZED ->
                throw new InvalidResource(at + ".path_with_escaped_slashes_action: "
                        + proto.getPathWithEscapedSlashesActionValue() + " is not known");
        };
    }
}
