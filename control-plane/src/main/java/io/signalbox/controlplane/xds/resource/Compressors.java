package io.signalbox.controlplane.xds.resource;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.compression.gzip.compressor.v3.Gzip;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.Compressor;
import io.signalbox.controlplane.model.Compression;

/** Answers are compressed as Envoy does by default, with gzip. Envoy: {@code Compressor}. */
final class Compressors {
    private Compressors() {}

    static Compressor gzip(Compression compression) {
        Compressor.Builder compressor = Compressor.newBuilder()
                .setCompressorLibrary(TypedExtensionConfig.newBuilder()
                        .setName("gzip")
                        .setTypedConfig(Any.pack(Gzip.getDefaultInstance())));
        compressor
                .getResponseDirectionConfigBuilder()
                .getCommonConfigBuilder()
                .setMinContentLength(UInt32Value.of(compression.minimumSize()))
                .addAllContentType(compression.contentTypes());
        return compressor.build();
    }
}
