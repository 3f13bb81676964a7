package io.signalbox.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.signalbox.dataplane.config.UpstreamConfig.Protocol;

/** Opens connections for requests, in the protocol that is configured or was chosen. Confined to its event loop. */
final class UpstreamOpener {
    private static final WireTargets WIRE_TARGETS = new WireTargets();
    private static final int MAX_HEADER_BYTES = 60 * 1024;
    private static final int MAX_CHUNK_BYTES = 64 * 1024;

    /** What came of it; one of the two is called, once. */
    interface Outcome {
        void up(HostConnection connection);

        void failed(UpstreamFailure failure);
    }

    private final EventLoop eventLoop;
    private final ConnectionPool pool;

    UpstreamOpener(EventLoop eventLoop, ConnectionPool pool) {
        this.eventLoop = eventLoop;
        this.pool = pool;
    }

    /** @param tunnel whether the connection is for bytes, whatever protocol the host speaks */
    void open(Host host, boolean tunnel, Outcome outcome) {
        ChannelOpener.open(eventLoop, host, host.transport().tls().offered(), new ChannelOpener.Outcome() {
            @Override
            public void up(Channel channel) {
                outcome.up(
                        tunnel
                                ? TunnelConnection.install(host, channel, pool)
                                : install(host, channel, speaksHttp2(host, channel)));
            }

            @Override
            public void failed(UpstreamFailure failure) {
                outcome.failed(failure);
            }
        });
    }

    private static boolean speaksHttp2(Host host, Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        return host.transport().protocol() == Protocol.HTTP2
                || (tls != null && ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol()));
    }

    private HostConnection install(Host host, Channel channel, boolean http2) {
        if (http2) {
            return Http2Connection.install(host, channel, pool);
        }
        UpstreamConnection connection = new UpstreamConnection(host, channel, pool);
        channel.pipeline().addLast(new HttpClientCodec(decoderConfig(), false, false), WIRE_TARGETS, connection);
        return connection;
    }

    private static HttpDecoderConfig decoderConfig() {
        return new HttpDecoderConfig().setMaxHeaderSize(MAX_HEADER_BYTES).setMaxChunkSize(MAX_CHUNK_BYTES);
    }
}
