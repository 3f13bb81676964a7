package io.signalbox.dataplane.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.signalbox.dataplane.upstream.ConnectionPool;
import io.signalbox.dataplane.upstream.Trailers;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection: requests one after the other, the next one not looked at before the last one's response has
 * gone out, so that pipelined answers keep their order. Confined to its channel's event loop. It reads only while it has
 * room: when the backend is slow the client's socket fills up, and while it is empty it reads on, to see the client go.
 */
public final class HttpConnection extends ChannelInboundHandlerAdapter implements Downstream, ClientConnection {
    /** How long a client may take to read an answer that ends the connection. Envoy: {@code delayed_close_timeout}. */
    private static final long DELAYED_CLOSE_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    private final ServingContext context;
    private final ConnectionPool pool;
    private final DownstreamInfo downstream;
    private final RequestRules requestRules;
    private final ResponseRules responseRules;
    private final ResponseEncoder encoder = new ResponseEncoder();
    private final ArrayDeque<HttpObject> inbox = new ArrayDeque<>();

    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Exchange exchange;
    /** Waits for the body, so that a short response is one piece to the codec and to the socket. */
    private @Nullable ResponseHead unsent;

    private @Nullable ScheduledFuture<?> idleCheck;
    private long lastActivityNanos = System.nanoTime();
    private boolean draining;
    private boolean closing;
    private boolean pumping;

    private HttpConnection(ServingContext context, DownstreamInfo downstream, ConnectionPool pool) {
        this.context = context;
        this.pool = pool;
        this.downstream = downstream;
        this.requestRules = new RequestRules(context.config(), downstream, context.random());
        this.responseRules = new ResponseRules(context.config(), context.date());
    }

    /** Puts codec and connection at the end of a new channel's pipeline; the channel must not read by itself. */
    public static HttpConnection install(
            ChannelPipeline pipeline, ServingContext context, DownstreamInfo downstream, ConnectionPool pool) {
        HttpConnection connection = new HttpConnection(context, downstream, pool);
        pipeline.addLast(new RequestDecoder(context.config().maxRequestHeadersBytes()));
        pipeline.addLast(connection.encoder);
        pipeline.addLast(connection);
        return connection;
    }

    /** The next response ends this connection. */
    @Override
    public void drain() {
        draining = true;
    }

    @Override
    public void shutDown() {
        draining = true;
        if (exchange == null && inbox.isEmpty()) {
            close();
        }
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    @Override
    public ServingContext context() {
        return context;
    }

    @Override
    public String protocol() {
        return HttpVersion.HTTP_1_1.text();
    }

    @Override
    public ConnectionPool pool() {
        return pool;
    }

    @Override
    public EventExecutor executor() {
        return channelContext().executor();
    }

    @Override
    public ResponseRules responseRules() {
        return responseRules;
    }

    private ChannelHandlerContext channelContext() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }

    @Override
    public boolean isWritable() {
        return channelContext().channel().isWritable();
    }

    @Override
    public void writeHead(ResponseHead head, boolean closes) {
        boolean tunnel = encoder.beginsTunnel(head);
        if (tunnel) {
            head.headers().remove(HeaderNames.CONTENT_LENGTH);
        } else {
            ResponseRules.frame(head, encoder.answersHead());
        }
        if (closes && !tunnel) {
            head.headers().set(HeaderNames.CONNECTION, HeaderNames.CLOSE);
        }
        unsent = head;
    }

    @Override
    public void writeBody(HttpContent piece) {
        ResponseHead head = unsent;
        if (head != null && piece instanceof LastHttpContent) {
            unsent = null;
            write(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, head.status(), piece.content(), head.headers(), EmptyHttpHeaders.INSTANCE));
        } else {
            writeUnsent();
            write(Trailers.drop(piece));
        }
    }

    private void writeUnsent() {
        ResponseHead head = unsent;
        if (head != null) {
            unsent = null;
            write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, head.status(), head.headers()));
        }
    }

    private void write(HttpObject object) {
        lastActivityNanos = System.nanoTime();
        channelContext().write(object, channelContext().voidPromise());
    }

    @Override
    public void flush() {
        writeUnsent();
        channelContext().flush();
    }

    @Override
    public void sendContinue() {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE);
        write(response);
        flush();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
        if (ctx.channel().isActive()) {
            start();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        start();
        ctx.fireChannelActive();
    }

    private void start() {
        if (idleCheck == null) {
            scheduleIdleCheck(shortestIdleNanos());
        }
        channelContext().read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        lastActivityNanos = System.nanoTime();
        if (closing || !(message instanceof HttpObject object)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (exchange != null && isBroken(object) && inbox.stream().noneMatch(HttpRequest.class::isInstance)) {
            // Of the request under way. Envoy reads ahead of what it can pass on, so what came before is lost.
            dropInbox();
        }
        inbox.add(object);
        pump();
    }

    private static boolean isBroken(HttpObject object) {
        return object instanceof HttpContent && object.decoderResult().isFailure();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.flushRequest();
        }
        if (inbox.isEmpty()) {
            ctx.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null && isWritable()) {
            exchange.downstreamWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A broken connection or TLS stream: there is nobody to tell. Anything else is a fault of ours.
        if (!(cause instanceof IOException || cause instanceof DecoderException)) {
            LOG.warn("connection failed", cause);
        }
        end();
        ctx.close();
    }

    /** Handles what has arrived, as far as it can be handled now. */
    @Override
    public void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        boolean moved = false;
        try {
            while (!closing && takeNext()) {
                moved = true;
            }
        } finally {
            pumping = false;
        }
        if (moved && inbox.isEmpty()) {
            channelContext().read();
        }
    }

    private boolean takeNext() {
        HttpObject next = inbox.peek();
        if (next == null) {
            return false;
        }
        Exchange current = exchange;
        if (next instanceof HttpRequest request) {
            if (current != null) {
                return false;
            }
            inbox.remove();
            begin(request);
            return true;
        }
        HttpContent content = (HttpContent) next;
        if (current == null || current.isRequestEnded()) {
            // The end of a request that has no body: known since its head.
            inbox.remove();
            content.release();
            return true;
        }
        if (!current.isReadyForBody() && !isBroken(content)) {
            return false;
        }
        inbox.remove();
        current.body(Trailers.drop(content));
        return true;
    }

    private void begin(HttpRequest request) {
        boolean head = request.method().name().equals("HEAD");
        RequestRules.Outcome outcome = requestRules.apply(request);
        ReferenceCountUtil.release(request);
        if (outcome instanceof RequestRules.Outcome.Accepted accepted) {
            encoder.answersHead(head);
            encoder.answersConnect(HopByHop.isForTunnel(request));
            Exchange started = new Exchange(this, accepted.request());
            exchange = started;
            started.start();
        } else {
            refuse((RequestRules.Outcome.Refused) outcome, request, head);
        }
    }

    private void refuse(RequestRules.Outcome.Refused refused, HttpRequest request, boolean head) {
        LocalReply reply = refused.reply();
        // Refusals with a text come from Envoy's codec, which has not told anyone that it is a HEAD. They close.
        boolean answersHead = head && reply.body() == null;
        boolean ended = !request.decoderResult().isFailure() && RequestBody.of(request.headers()) == RequestBody.NONE;
        boolean closes = reply.closes() || reply.status() == 400 || !ended || draining;
        encoder.answersHead(answersHead);
        boolean grpc = reply.body() == null
                && GrpcStatus.isAskedFor(request.headers())
                && !request.method().equals(HttpMethod.CONNECT);
        RefusedRequest seen = RefusedRequest.of(refused, context, downstream, protocol());
        ResponseHead response =
                ResponseRules.local(grpc ? reply.forGrpc(answersHead) : reply, answersHead, seen::changeAnswer);
        responseRules.finish(response.headers(), request.headers().get(HeaderNames.REQUEST_ID));
        writeHead(response, closes);
        writeBody(
                reply.body() == null
                        ? LastHttpContent.EMPTY_LAST_CONTENT
                        : new DefaultLastHttpContent(Unpooled.wrappedBuffer(reply.body())));
        if (!context.log().isOff()) {
            context.log().write(seen.answeredBy(reply, response.headers()));
        }
        finished(closes, ended);
    }

    @Override
    public boolean dropRequest() {
        while (inbox.peek() instanceof HttpContent content) {
            inbox.remove();
            boolean last = content instanceof LastHttpContent
                    && content.decoderResult().isSuccess();
            content.release();
            if (last) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void finished(boolean closes, boolean requestEnded) {
        exchange = null;
        flush();
        if (!closes && requestEnded) {
            pump();
            return;
        }
        closing = true;
        dropInbox();
        if (requestEnded) {
            channelContext().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> close());
        } else {
            // A close with unread bytes in the socket would take the answer away from the client.
            channelContext().read();
            channelContext().executor().schedule(this::close, DELAYED_CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void reset() {
        close();
    }

    private void close() {
        channelContext().close();
    }

    private void end() {
        closing = true;
        Exchange current = exchange;
        exchange = null;
        if (current != null) {
            current.cancel();
        }
        if (idleCheck != null) {
            idleCheck.cancel(false);
        }
        dropInbox();
    }

    private void dropInbox() {
        for (HttpObject object = inbox.poll(); object != null; object = inbox.poll()) {
            ReferenceCountUtil.release(object);
        }
    }

    private long shortestIdleNanos() {
        long idle = context.config().idleTimeout().toNanos();
        long streamIdle = context.config().streamIdleTimeout().toNanos();
        return idle == 0 ? streamIdle : streamIdle == 0 ? idle : Math.min(idle, streamIdle);
    }

    private void scheduleIdleCheck(long delayNanos) {
        if (delayNanos > 0) {
            idleCheck = channelContext().executor().schedule(this::checkIdle, delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** One timer for a connection, not one for each request: it looks when the last movement was. */
    private void checkIdle() {
        long idle = System.nanoTime() - lastActivityNanos;
        Exchange current = exchange;
        long limit = (current == null
                        ? context.config().idleTimeout()
                        : context.config().streamIdleTimeout())
                .toNanos();
        if (limit > 0 && idle >= limit) {
            if (current == null) {
                close();
                return;
            }
            current.idle();
        }
        // Also for the next request of a connection that goes on, however long it waits for that one.
        long shortest = shortestIdleNanos();
        if (channelContext().channel().isActive()) {
            scheduleIdleCheck(idle < shortest ? shortest - idle : shortest);
        }
    }
}
