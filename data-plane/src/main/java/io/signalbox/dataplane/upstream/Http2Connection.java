package io.signalbox.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;

/** One HTTP/2 connection to a host, with many exchanges on it. Confined to its event loop. */
final class Http2Connection extends ChannelInboundHandlerAdapter implements HostConnection {
    /** Envoy's, until the host says how many streams it takes. */
    private static final long USUAL_STREAMS = 1024;

    private static final int WINDOW_BYTES = 1024 * 1024;
    private static final int MAX_HEADER_BYTES = 60 * 1024;

    private final Host host;
    private final Channel channel;
    private final ConnectionPool pool;
    private long maxStreams = USUAL_STREAMS;
    private int streams;
    private int requests;
    private boolean goesAway;
    private UpstreamFailure failure = UpstreamFailure.DISCONNECTED;

    private Http2Connection(Host host, Channel channel, ConnectionPool pool) {
        this.host = host;
        this.channel = channel;
        this.pool = pool;
    }

    static Http2Connection install(Host host, Channel channel, ConnectionPool pool) {
        Http2Connection connection = new Http2Connection(host, channel, pool);
        channel.config().setAutoRead(true); // each stream has a window of its own
        channel.pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forClient()
                                .initialSettings(Http2Settings.defaultSettings()
                                        .pushEnabled(false)
                                        .initialWindowSize(WINDOW_BYTES)
                                        .maxHeaderListSize(MAX_HEADER_BYTES))
                                .build(),
                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel pushed) {
                                pushed.close();
                            }
                        }),
                        connection);
        return connection;
    }

    @Override
    public Host host() {
        return host;
    }

    @Override
    public boolean hasRoom() {
        return channel.isActive() && takesAnother() && streams < maxStreams;
    }

    @Override
    public boolean takesAnother() {
        return !goesAway && !host.transport().isWornOut(requests);
    }

    @Override
    public boolean isIdle() {
        return streams == 0;
    }

    /** Why exchanges end with the connection. */
    UpstreamFailure failure() {
        return failure;
    }

    boolean isActive() {
        return channel.isActive();
    }

    boolean goesAway() {
        return goesAway;
    }

    @Override
    public UpstreamStream start(UpstreamExchange exchange) {
        requests++;
        streams++;
        Http2Exchange stream = new Http2Exchange(this, exchange);
        // On its event loop a stream is opened at once.
        Http2StreamChannel opened =
                new Http2StreamChannelBootstrap(channel).handler(stream).open().getNow();
        if (opened == null) {
            throw new IllegalStateException("a stream of " + channel + " was not opened by its event loop");
        }
        return stream;
    }

    void streamClosed() {
        streams--;
        pool.release(this);
    }

    @Override
    public void watch() {
        // It reads by itself.
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        if (frame instanceof Http2SettingsFrame settings) {
            Long most = settings.settings().maxConcurrentStreams();
            maxStreams = most == null ? maxStreams : most;
        } else if (frame instanceof Http2GoAwayFrame) {
            goesAway = true;
            pool.release(this);
        }
        ReferenceCountUtil.release(frame);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.closed(this);
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (Http2Exception.class.isInstance(cause) || Http2Exception.class.isInstance(cause.getCause())) {
            failure = UpstreamFailure.PROTOCOL_ERROR;
        }
        channel.close();
    }
}
