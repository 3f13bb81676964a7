package io.signalbox.dataplane.parse;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.extensions.compression.brotli.compressor.v3.Brotli;
import io.envoyproxy.envoy.extensions.compression.gzip.compressor.v3.Gzip;
import io.envoyproxy.envoy.extensions.compression.zstd.compressor.v3.Zstd;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.Compressor;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.CompressorPerRoute;
import io.signalbox.dataplane.config.Encoding;
import io.signalbox.dataplane.config.Encoding.Algorithm;
import io.signalbox.dataplane.config.FilterConfig;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.Deflater;

/** {@code Compressor} with gzip, Brotli or Zstandard; buffers, windows and strategies are left to us. */
final class CompressorParser {
    private static final int DEFAULT_MINIMUM_SIZE = 30;

    /** Envoy's, of Brotli and of Zstandard. */
    private static final int DEFAULT_LEVEL = 3;

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
        var common = proto.getResponseDirectionConfig().getCommonConfig();
        Set<String> types = common.getContentTypeCount() == 0
                ? DEFAULT_TYPES
                : common.getContentTypeList().stream()
                        .map(type -> type.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        return new FilterConfig.Compressor(
                encoding(
                        at + ".compressor_library.typed_config",
                        proto.getCompressorLibrary().getTypedConfig()),
                proto.getChooseFirst(),
                common.hasMinContentLength()
                        ? Integer.toUnsignedLong(common.getMinContentLength().getValue())
                        : DEFAULT_MINIMUM_SIZE,
                types);
    }

    private static Encoding encoding(String at, Any library) throws InvalidResource {
        if (library.is(Brotli.class)) {
            if (!Brotli4jLoader.isAvailable()) {
                throw new InvalidResource(at + ": there is no Brotli for this machine");
            }
            Brotli brotli = Protos.unpack(at, library, Brotli.class);
            return new Encoding(Algorithm.BROTLI, level(brotli.hasQuality(), brotli.getQuality(), DEFAULT_LEVEL));
        }
        if (library.is(Zstd.class)) {
            Zstd zstd = Protos.unpack(at, library, Zstd.class);
            return new Encoding(
                    Algorithm.ZSTD, level(zstd.hasCompressionLevel(), zstd.getCompressionLevel(), DEFAULT_LEVEL));
        }
        Gzip gzip = Protos.unpack(at, library, Gzip.class);
        // The numbers are those of zlib, but for the default.
        int level = gzip.getCompressionLevelValue();
        return new Encoding(Algorithm.GZIP, level == 0 ? Deflater.DEFAULT_COMPRESSION : level);
    }

    private static int level(boolean present, UInt32Value proto, int absent) {
        return present ? proto.getValue() : absent;
    }

    static FilterConfig ofRoute(String at, Any any) throws InvalidResource {
        CompressorPerRoute proto = Protos.unpack(at, any, CompressorPerRoute.class);
        return proto.getDisabled() ? new FilterConfig.Off() : new FilterConfig.On();
    }
}
