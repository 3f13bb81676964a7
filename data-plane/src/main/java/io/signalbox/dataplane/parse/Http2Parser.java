package io.signalbox.dataplane.parse;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.CodecType;
import io.signalbox.dataplane.config.Http2Config;
import java.time.Duration;
import java.util.Optional;

/** {@code Http2ProtocolOptions} of a listener; the defaults are Envoy's. */
final class Http2Parser {
    private static final int DEFAULT_STREAMS = 1024;
    private static final int DEFAULT_STREAM_WINDOW = 16 << 20;
    private static final int DEFAULT_CONNECTION_WINDOW = 24 << 20;
    private static final int LEAST_WINDOW = 65_535;
    private static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(5);

    private Http2Parser() {}

    static Optional<Http2Config> parse(String at, HttpConnectionManager proto) throws InvalidResource {
        if (proto.getCodecType() == CodecType.HTTP1) {
            return Optional.empty();
        }
        Http2ProtocolOptions options = proto.getHttp2ProtocolOptions();
        String field = at + ".http2_protocol_options.";
        refuse(field + "allow_connect", options.getAllowConnect());
        refuse(field + "allow_metadata", options.getAllowMetadata());
        refuse(
                field + "override_stream_error_on_invalid_http_message",
                options.getOverrideStreamErrorOnInvalidHttpMessage().getValue());
        refuse(field + "stream_error_on_invalid_http_messaging", options.getStreamErrorOnInvalidHttpMessaging());
        return Optional.of(new Http2Config(
                orElse(options.hasMaxConcurrentStreams(), options.getMaxConcurrentStreams(), DEFAULT_STREAMS, 1),
                orElse(
                        options.hasInitialStreamWindowSize(),
                        options.getInitialStreamWindowSize(),
                        DEFAULT_STREAM_WINDOW,
                        LEAST_WINDOW),
                orElse(
                        options.hasInitialConnectionWindowSize(),
                        options.getInitialConnectionWindowSize(),
                        DEFAULT_CONNECTION_WINDOW,
                        LEAST_WINDOW),
                proto.hasDrainTimeout() ? Protos.duration(proto.getDrainTimeout()) : DEFAULT_DRAIN_TIMEOUT));
    }

    private static void refuse(String field, boolean set) throws InvalidResource {
        if (set) {
            throw new InvalidResource(field + " is not supported");
        }
    }

    /** An unsigned number that is too large for us is the largest. */
    private static int orElse(boolean given, UInt32Value value, int absent, int least) {
        long number = given ? Integer.toUnsignedLong(value.getValue()) : absent;
        return (int) Math.max(least, Math.min(number, Integer.MAX_VALUE));
    }
}
