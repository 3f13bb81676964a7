package io.signalbox.dataplane.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.ScheduledFuture;
import io.signalbox.dataplane.config.Http2Config;
import io.signalbox.dataplane.upstream.ConnectionPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection over HTTP/2: Netty's codec makes and reads the frames and keeps the windows, each request is a
 * {@link Http2Downstream}. Confined to its channel's event loop. It reads always: what clients may send ahead is bounded by
 * the windows, which open as the exchanges take the bodies.
 */
final class Http2Connection extends ChannelInboundHandlerAdapter implements ClientConnection {
    /** Far above what is let through; the excess is told by us, as Netty would answer it. */
    private static final int MOST_HEADER_BYTES = 1 << 20;

    private static final int DEFAULT_WINDOW = 65_535;

    private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);

    private final Http2Config config;
    private final ServingContext context;
    private final DownstreamInfo downstream;
    private final ConnectionPool pool;
    private final Http2Rules rules;
    private final RequestRules requestRules;
    private final ResponseRules responseRules;
    private final Http2ConnectionHandler codec;
    private final Map<Integer, Http2Downstream> streams = new LinkedHashMap<>();

    private @Nullable ChannelHandlerContext ctx;
    private @Nullable ChannelHandlerContext codecContext;
    private @Nullable ScheduledFuture<?> idleCheck;
    private @Nullable ScheduledFuture<?> farewell;
    private long idleSinceNanos = System.nanoTime();
    private boolean draining;
    private boolean saidGoodbye;
    private boolean closesWhenIdle;

    private Http2Connection(
            Http2Config config, ServingContext context, DownstreamInfo downstream, ConnectionPool pool) {
        this.config = config;
        this.context = context;
        this.downstream = downstream;
        this.pool = pool;
        this.rules = new Http2Rules(context.config());
        this.requestRules = new RequestRules(context.config(), downstream, context.random());
        this.responseRules = new ResponseRules(context.config(), context.date());
        this.codec = new Http2ConnectionHandlerBuilder()
                .server(true)
                .validateHeaders(false)
                .decoupleCloseAndGoAway(true)
                .initialSettings(new Http2Settings()
                        .maxConcurrentStreams(config.maxConcurrentStreams())
                        .initialWindowSize(config.streamWindow())
                        .maxHeaderListSize(MOST_HEADER_BYTES))
                .frameListener(new Http2Frames(this))
                .build();
    }

    /** Puts codec and connection at the end of the pipeline of a channel that is active. */
    static Http2Connection install(
            ChannelPipeline pipeline,
            Http2Config config,
            ServingContext context,
            DownstreamInfo downstream,
            ConnectionPool pool) {
        Http2Connection connection = new Http2Connection(config, context, downstream, pool);
        pipeline.addLast(connection.codec);
        pipeline.addLast(connection);
        connection.start(pipeline, config);
        return connection;
    }

    private void start(ChannelPipeline pipeline, Http2Config config) {
        codecContext = pipeline.context(codec);
        codec.connection().addListener(new Http2Streams(this));
        codec.encoder().flowController().listener(this::writabilityChanged);
        try {
            codec.connection()
                    .local()
                    .flowController()
                    .incrementWindowSize(
                            codec.connection().connectionStream(), config.connectionWindow() - DEFAULT_WINDOW);
        } catch (Http2Exception e) {
            throw new IllegalStateException("a window that was checked before", e);
        }
        pipeline.channel().config().setAutoRead(true);
        scheduleIdleCheck();
    }

    ServingContext context() {
        return context;
    }

    DownstreamInfo downstream() {
        return downstream;
    }

    ConnectionPool pool() {
        return pool;
    }

    RequestRules requestRules() {
        return requestRules;
    }

    ResponseRules responseRules() {
        return responseRules;
    }

    Http2ConnectionHandler codec() {
        return codec;
    }

    boolean isDraining() {
        return draining;
    }

    ChannelHandlerContext codecContext() {
        return present(codecContext);
    }

    ChannelHandlerContext channelContext() {
        return present(ctx);
    }

    private static ChannelHandlerContext present(@Nullable ChannelHandlerContext context) {
        if (context == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return context;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    /** A new request. */
    void headers(int id, Http2Headers fields, boolean endOfStream) {
        Http2Rules.Outcome outcome = rules.apply(fields, endOfStream);
        if (outcome instanceof Http2Rules.Outcome.Accepted accepted) {
            Http2Downstream stream = new Http2Downstream(this, id, endOfStream);
            streams.put(id, stream);
            stream.begin(accepted.request());
        } else if (outcome instanceof Http2Rules.Outcome.StreamReset) {
            resetStream(id, Http2Error.INTERNAL_ERROR);
        } else {
            closeNow();
        }
    }

    void trailers(int id, Http2Headers fields) {
        Http2Downstream stream = streams.get(id);
        if (!rules.areTrailers(fields)) {
            closeNow();
        } else if (stream != null) {
            stream.trailers(fields);
        }
    }

    /** Gives back how many bytes of the windows are free again at once. */
    int data(int id, ByteBuf data, int padding, boolean endOfStream) {
        Http2Downstream stream = streams.get(id);
        return stream == null ? data.readableBytes() + padding : padding + stream.data(data, endOfStream);
    }

    boolean has(int id) {
        return streams.containsKey(id);
    }

    /** The stream is over, from whichever side. */
    void closed(int id) {
        Http2Downstream stream = streams.remove(id);
        if (stream != null) {
            stream.closed();
        }
        if (streams.isEmpty()) {
            idleSinceNanos = System.nanoTime();
            if (closesWhenIdle) {
                channelContext().flush();
                closeNow();
            }
        }
    }

    private void writabilityChanged(Http2Stream stream) {
        Http2Downstream downstream = streams.get(stream.id());
        if (downstream != null && codec.encoder().flowController().isWritable(stream)) {
            downstream.writable();
        }
    }

    void resetStream(int id, Http2Error error) {
        codec.encoder()
                .writeRstStream(codecContext(), id, error.code(), codecContext().newPromise());
        channelContext().flush();
    }

    /** A response goes out. Ahead of the next one Envoy, too, tells the client to go, and a while later that it has to. */
    void responding() {
        if (draining && !saidGoodbye) {
            saidGoodbye = true;
            goAway(Integer.MAX_VALUE);
            farewell = channelContext()
                    .executor()
                    .schedule(this::shutDown, config.drainTimeout().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void goAway(int lastStream) {
        ChannelFuture sent = codec.goAway(
                codecContext(),
                lastStream,
                Http2Error.NO_ERROR.code(),
                Unpooled.EMPTY_BUFFER,
                codecContext().newPromise());
        sent.addListener(done -> {});
        channelContext().flush();
    }

    @Override
    public void drain() {
        draining = true;
    }

    @Override
    public void shutDown() {
        draining = true;
        saidGoodbye = true;
        closesWhenIdle = true;
        goAway(codec.connection().remote().lastStreamCreated());
        if (streams.isEmpty()) {
            closeNow();
        }
    }

    /** Past the codec, which would first wait for its streams. */
    private void closeNow() {
        codecContext().close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        List.copyOf(streams.values()).forEach(Http2Downstream::burstEnd);
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (idleCheck != null) {
            idleCheck.cancel(false);
        }
        if (farewell != null) {
            farewell.cancel(false);
        }
        List<Http2Downstream> open = new ArrayList<>(streams.values());
        streams.clear();
        open.forEach(Http2Downstream::closed);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A broken connection or TLS stream: there is nobody to tell. Anything else is a fault of ours.
        if (!(cause instanceof IOException || cause instanceof DecoderException)) {
            LOG.warn("connection failed", cause);
        }
        ctx.close();
    }

    private void scheduleIdleCheck() {
        long idle = context.config().idleTimeout().toNanos();
        long streamIdle = context.config().streamIdleTimeout().toNanos();
        long shortest = idle == 0 ? streamIdle : streamIdle == 0 ? idle : Math.min(idle, streamIdle);
        if (shortest > 0) {
            idleCheck = channelContext().executor().schedule(this::checkIdle, shortest, TimeUnit.NANOSECONDS);
        }
    }

    /** One timer for a connection, not one for each request: it looks when the last movements were. */
    private void checkIdle() {
        long now = System.nanoTime();
        long limit = context.config().idleTimeout().toNanos();
        if (streams.isEmpty() && limit > 0 && now - idleSinceNanos >= limit) {
            closeNow();
            return;
        }
        long streamLimit = context.config().streamIdleTimeout().toNanos();
        if (streamLimit > 0) {
            List.copyOf(streams.values()).forEach(stream -> stream.checkIdle(now, streamLimit));
        }
        scheduleIdleCheck();
    }
}
