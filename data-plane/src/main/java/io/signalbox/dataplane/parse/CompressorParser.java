package io.signalbox.dataplane.parse;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.compression.gzip.compressor.v3.Gzip;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.Compressor;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.CompressorPerRoute;
import io.signalbox.dataplane.config.FilterConfig;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code Compressor} with gzip; how hard it compresses is left to us. */
final class CompressorParser {
    private static final int DEFAULT_MINIMUM_SIZE = 30;

    private static final Set<String> DEFAULT_TYPES = Set.of(
            "application/javascript",
            "application/json",
            "application/xhtml+xml",
            "image/svg+xml",
            "text/css",
            "text/html",
            "text/plain",
            "text/xml");

    private CompressorParser() {}

    static FilterConfig ofListener(String at, Any any) throws InvalidResource {
        Compressor proto = Protos.unpack(at, any, Compressor.class);
        Protos.unpack(
                at + ".compressor_library.typed_config",
                proto.getCompressorLibrary().getTypedConfig(),
                Gzip.class);
        var common = proto.getResponseDirectionConfig().getCommonConfig();
        Set<String> types = common.getContentTypeCount() == 0
                ? DEFAULT_TYPES
                : common.getContentTypeList().stream()
                        .map(type -> type.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        return new FilterConfig.Compressor(
                common.hasMinContentLength()
                        ? Integer.toUnsignedLong(common.getMinContentLength().getValue())
                        : DEFAULT_MINIMUM_SIZE,
                types);
    }

    static FilterConfig ofRoute(String at, Any any) throws InvalidResource {
        CompressorPerRoute proto = Protos.unpack(at, any, CompressorPerRoute.class);
        return proto.getDisabled() ? new FilterConfig.Off() : new FilterConfig.On();
    }
}
