package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.compression.brotli.compressor.v3.Brotli;
import io.envoyproxy.envoy.extensions.compression.gzip.compressor.v3.Gzip;
import io.envoyproxy.envoy.extensions.compression.gzip.compressor.v3.Gzip.CompressionLevel;
import io.envoyproxy.envoy.extensions.compression.zstd.compressor.v3.Zstd;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.Compressor;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.CompressorOverrides;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.CompressorPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.ResponseDirectionOverrides;
import io.signalbox.controlplane.model.Compression;
import io.signalbox.controlplane.model.Compression.Algorithm;
import io.signalbox.controlplane.model.Compression.Encoding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Answers are compressed by a filter for each encoding, which agree among them on one. Envoy: {@code Compressor}. */
final class Compressors {
    private static final String NAME = "envoy.filters.http.compressor";

    /** Of the filters that there may be, whichever the listener has. */
    static final List<String> NAMES =
            Stream.of(Algorithm.values()).map(Compressors::name).sorted().toList();

    private Compressors() {}

    /** By the names of filters, in their order. */
    static Map<String, Compressor> filters(Compression compression) {
        Map<String, Compressor> filters = new LinkedHashMap<>();
        for (Encoding encoding : compression.encodings()) {
            Compressor.Builder filter = compressor(compression, encoding);
            // Most browsers name gzip first and mean nothing by it.
            if (filters.isEmpty() && compression.encodings().size() > 1) {
                filter.setChooseFirst(true);
            }
            filters.put(name(encoding.algorithm()), filter.build());
        }
        return filters;
    }

    private static String name(Algorithm algorithm) {
        return algorithm == Algorithm.GZIP
                ? NAME
                : NAME + "." + algorithm.name().toLowerCase(Locale.ROOT);
    }

    private static Compressor.Builder compressor(Compression compression, Encoding encoding) {
        Compressor.Builder compressor = Compressor.newBuilder()
                .setCompressorLibrary(TypedExtensionConfig.newBuilder()
                        .setName(encoding.algorithm().name().toLowerCase(Locale.ROOT))
                        .setTypedConfig(Any.pack(library(encoding))));
        compressor
                .getResponseDirectionConfigBuilder()
                .getCommonConfigBuilder()
                .setMinContentLength(UInt32Value.of(compression.minimumSize()))
                .addAllContentType(compression.contentTypes());
        return compressor;
    }

    private static Message library(Encoding encoding) {
        return switch (encoding.algorithm()) {
            case BROTLI -> {
                Brotli.Builder brotli = Brotli.newBuilder();
                encoding.level().map(UInt32Value::of).ifPresent(brotli::setQuality);
                yield brotli.build();
            }
            case GZIP -> {
                Gzip.Builder gzip = Gzip.newBuilder();
                encoding.level().map(CompressionLevel::forNumber).ifPresent(gzip::setCompressionLevel);
                yield gzip.build();
            }
            case ZSTD -> {
                Zstd.Builder zstd = Zstd.newBuilder();
                encoding.level().map(UInt32Value::of).ifPresent(zstd::setCompressionLevel);
                yield zstd.build();
            }
        };
    }

    /** What a route says to each of them. */
    static CompressorPerRoute ofRoute(boolean enabled) {
        return enabled
                ? CompressorPerRoute.newBuilder()
                        .setOverrides(CompressorOverrides.newBuilder()
                                .setResponseDirectionConfig(ResponseDirectionOverrides.getDefaultInstance()))
                        .build()
                : CompressorPerRoute.newBuilder().setDisabled(true).build();
    }
}
