package io.signalbox.dataplane.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.EventExecutor;
import io.signalbox.dataplane.upstream.ConnectionPool;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One stream of HTTP/2: a request and its response. Confined to the event loop of its connection. */
final class Http2Downstream implements Downstream {
    /** As in access logs. */
    static final String PROTOCOL = "HTTP/2";

    private final Http2Connection connection;
    private final int id;
    private final ArrayDeque<HttpContent> inbox = new ArrayDeque<>();
    private @Nullable Exchange exchange;
    /** Waits for the body, so that a response without one is a single frame. */
    private @Nullable ResponseHead unsent;

    private long lastActivityNanos = System.nanoTime();
    private boolean requestArrived;
    private boolean pumping;
    private boolean responseEnded;
    private boolean over;

    Http2Downstream(Http2Connection connection, int id, boolean requestArrived) {
        this.connection = connection;
        this.id = id;
        this.requestArrived = requestArrived;
    }

    void begin(RequestRules.Arrived arrived) {
        RequestRules.Outcome outcome = connection.requestRules().admit(arrived);
        if (outcome instanceof RequestRules.Outcome.Accepted accepted) {
            Exchange started = new Exchange(this, accepted.request());
            exchange = started;
            started.start();
        } else {
            refuse((RequestRules.Outcome.Refused) outcome, arrived);
        }
    }

    private void refuse(RequestRules.Outcome.Refused refused, RequestRules.Arrived arrived) {
        LocalReply reply = refused.reply();
        boolean head = arrived.verb().name().equals("HEAD");
        boolean grpc = reply.body() == null
                && GrpcStatus.isAskedFor(arrived.headers())
                && !arrived.verb().equals(HttpMethod.CONNECT);
        RefusedRequest seen = RefusedRequest.of(refused, context(), connection.downstream(), protocol());
        ResponseHead response = ResponseRules.local(grpc ? reply.forGrpc(head) : reply, head, seen::changeAnswer);
        responseRules().finish(response.headers(), arrived.headers().get(HeaderNames.REQUEST_ID));
        writeHead(response, false);
        writeBody(
                reply.body() == null || head
                        ? LastHttpContent.EMPTY_LAST_CONTENT
                        : new DefaultLastHttpContent(Unpooled.wrappedBuffer(reply.body())));
        if (!context().log().isOff()) {
            context().log().write(seen.answeredBy(reply, response.headers()));
        }
        finished(false, requestArrived);
    }

    /** Takes a piece of the body; gives back how many bytes are of no use to anyone. */
    int data(ByteBuf data, boolean endOfStream) {
        lastActivityNanos = System.nanoTime();
        int bytes = data.readableBytes();
        if (over || exchange == null) {
            return bytes;
        }
        requestArrived |= endOfStream;
        if (bytes > 0) {
            inbox.add(endOfStream ? new DefaultLastHttpContent(data.retain()) : new DefaultHttpContent(data.retain()));
        } else if (endOfStream) {
            inbox.add(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        pump();
        return 0;
    }

    void trailers(Http2Headers fields) {
        requestArrived = true;
        DefaultLastHttpContent last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            last.trailingHeaders().add(field.getKey(), field.getValue());
        }
        inbox.add(last);
        pump();
    }

    void burstEnd() {
        Exchange current = exchange;
        if (current != null) {
            current.flushRequest();
        }
    }

    void writable() {
        Exchange current = exchange;
        if (current != null) {
            current.downstreamWritable();
        }
    }

    void checkIdle(long nowNanos, long limitNanos) {
        Exchange current = exchange;
        if (current != null && nowNanos - lastActivityNanos >= limitNanos) {
            current.idle();
        }
    }

    /** The stream is over; if the exchange is not, the client has given it up. */
    void closed() {
        over = true;
        Exchange current = exchange;
        exchange = null;
        if (current != null) {
            current.cancel();
        }
        dropInbox();
    }

    @Override
    public void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            Exchange current = exchange;
            while (current != null && !inbox.isEmpty() && current.isReadyForBody()) {
                HttpContent piece = inbox.remove();
                int bytes = piece.content().readableBytes();
                current.body(piece);
                consumed(bytes);
                current = exchange;
            }
        } finally {
            pumping = false;
        }
    }

    /** So much of the windows is free again. */
    private void consumed(int bytes) {
        Http2Stream stream = connection.codec().connection().stream(id);
        if (bytes == 0 || stream == null) {
            return;
        }
        try {
            if (connection.codec().connection().local().flowController().consumeBytes(stream, bytes)) {
                connection.channelContext().flush();
            }
        } catch (Http2Exception e) {
            throw new IllegalStateException("more than came in", e);
        }
    }

    private void dropInbox() {
        for (HttpContent piece = inbox.poll(); piece != null; piece = inbox.poll()) {
            int bytes = piece.content().readableBytes();
            piece.release();
            consumed(bytes);
        }
    }

    @Override
    public boolean dropRequest() {
        dropInbox();
        return requestArrived;
    }

    @Override
    public void sendContinue() {
        write(new DefaultHttp2Headers(false).status("100"), false);
        flush();
    }

    @Override
    public void writeHead(ResponseHead head, boolean closes) {
        unsent = head;
    }

    @Override
    public void writeBody(HttpContent piece) {
        boolean last = piece instanceof LastHttpContent;
        boolean hasTrailers =
                piece instanceof LastHttpContent end && !end.trailingHeaders().isEmpty();
        boolean empty = !piece.content().isReadable();
        writeUnsent(last && empty && !hasTrailers);
        if (!empty || last && !hasTrailers) {
            writeData(piece, last && !hasTrailers);
        } else {
            piece.release();
        }
        if (hasTrailers) {
            Http2Headers trailers = new DefaultHttp2Headers(false);
            ((LastHttpContent) piece)
                    .trailingHeaders()
                    .forEach(field -> trailers.add(field.getKey().toLowerCase(Locale.ROOT), field.getValue()));
            write(trailers, true);
        }
    }

    private void writeData(HttpContent piece, boolean end) {
        if (over || responseEnded) {
            piece.release();
            return;
        }
        lastActivityNanos = System.nanoTime();
        responseEnded = end;
        ChannelHandlerContext context = connection.codecContext();
        connection.codec().encoder().writeData(context, id, piece.content(), 0, end, context.newPromise());
    }

    private void writeUnsent(boolean end) {
        ResponseHead head = unsent;
        if (head == null) {
            return;
        }
        unsent = null;
        connection.responding();
        Http2Headers fields =
                new DefaultHttp2Headers(false).status(head.status().codeAsText());
        for (var all = head.headers().iteratorCharSequence(); all.hasNext(); ) {
            Map.Entry<CharSequence, CharSequence> field = all.next();
            fields.add(field.getKey(), field.getValue());
        }
        write(fields, end);
    }

    private void write(Http2Headers fields, boolean end) {
        if (over) {
            return;
        }
        lastActivityNanos = System.nanoTime();
        responseEnded |= end;
        ChannelHandlerContext context = connection.codecContext();
        connection.codec().encoder().writeHeaders(context, id, fields, 0, end, context.newPromise());
    }

    @Override
    public void flush() {
        writeUnsent(false);
        connection.channelContext().flush();
    }

    @Override
    public boolean isWritable() {
        Http2Stream stream = connection.codec().connection().stream(id);
        return stream != null && connection.codec().encoder().flowController().isWritable(stream);
    }

    @Override
    public void finished(boolean closes, boolean requestEnded) {
        exchange = null;
        connection.channelContext().flush();
        if (!requestEnded && !over) {
            // RFC 9113, section 8.1: the client need not send the rest.
            connection.resetStream(id, Http2Error.NO_ERROR);
        }
        dropInbox();
    }

    @Override
    public void reset() {
        exchange = null;
        connection.resetStream(id, Http2Error.INTERNAL_ERROR);
    }

    @Override
    public ServingContext context() {
        return connection.context();
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public ConnectionPool pool() {
        return connection.pool();
    }

    @Override
    public EventExecutor executor() {
        return connection.channelContext().executor();
    }

    @Override
    public ResponseRules responseRules() {
        return connection.responseRules();
    }

    @Override
    public boolean isDraining() {
        return connection.isDraining();
    }
}
