package io.signalbox.dataplane.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection to a host, with at most one exchange on it. Confined to its event loop. It reads when its
 * exchange wants more, and when idle, so that a close by the backend is seen before the connection is used again.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter implements HostConnection, UpstreamStream {
    /** Requests whose lack of a body need not be said. */
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE", "TRACE", "CONNECT");

    private final Host host;
    private final Channel channel;
    private final ConnectionPool pool;
    private @Nullable UpstreamExchange exchange;
    private boolean keepAlive;
    private int requests;
    private boolean interim;
    private boolean headSeen;
    /** Both sides have gone over to another protocol, whose bytes go through as they are. */
    private boolean tunnel;

    UpstreamConnection(Host host, Channel channel, ConnectionPool pool) {
        this.host = host;
        this.channel = channel;
        this.pool = pool;
    }

    @Override
    public Host host() {
        return host;
    }

    @Override
    public boolean hasRoom() {
        return channel.isActive() && exchange == null;
    }

    @Override
    public boolean isIdle() {
        return exchange == null;
    }

    /** Whether it has not had as many requests as it may. */
    @Override
    public boolean takesAnother() {
        return !host.transport().isWornOut(requests);
    }

    @Override
    public UpstreamStream start(UpstreamExchange exchange) {
        requests++;
        this.exchange = exchange;
        keepAlive = true;
        headSeen = false;
        interim = false;
        channel.write(framed(exchange.head()));
        return this;
    }

    private static HttpRequest framed(HttpRequest head) {
        HttpHeaders headers = head.headers();
        if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !BODILESS.contains(head.method().name())) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, "0");
        }
        return head;
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void write(HttpContent content) {
        channel.write(Trailers.drop(content));
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void read() {
        channel.read();
    }

    @Override
    public void watch() {
        channel.read();
    }

    /** The exchange was given up: what is still to come cannot be told from another response. */
    @Override
    public void abandon() {
        exchange = null;
        channel.close();
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        UpstreamExchange current = exchange;
        if (current == null) {
            // Bytes that nobody asked for.
            ReferenceCountUtil.release(message);
            channel.close();
            return;
        }
        if (tunnel && message instanceof ByteBuf bytes) {
            current.receiver().onContent(new DefaultHttpContent(bytes));
            return;
        }
        if (!(message instanceof HttpObject object) || object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(headSeen ? UpstreamFailure.DISCONNECTED : UpstreamFailure.PROTOCOL_ERROR);
            return;
        }
        if (object instanceof HttpResponse response) {
            head(current, response);
        }
        if (object instanceof HttpContent content) {
            content(current, content);
        }
    }

    private void head(UpstreamExchange current, HttpResponse response) {
        tunnel = response.status().code() == 101 && current.head().headers().contains(HttpHeaderNames.UPGRADE);
        interim = !tunnel && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (interim) {
            if (response.status().code() == 101) {
                fail(UpstreamFailure.PROTOCOL_ERROR);
            }
            return;
        }
        headSeen = true;
        keepAlive = HttpUtil.isKeepAlive(response);
        current.answered(response, isWhole(current, response));
    }

    /** Whether the head says that there is no body. */
    private static boolean isWhole(UpstreamExchange current, HttpResponse response) {
        int status = response.status().code();
        return current.head().method().equals(HttpMethod.HEAD)
                || status == 204
                || status == 304
                || "0".equals(response.headers().get(HttpHeaderNames.CONTENT_LENGTH));
    }

    private void content(UpstreamExchange current, HttpContent content) {
        if (exchange != current) {
            content.release();
        } else if (interim) {
            content.release();
            interim = false;
        } else if (tunnel
                && content instanceof LastHttpContent
                && !content.content().isReadable()) {
            // The codec's end of the head; that of the tunnel is the end of the connection.
            content.release();
        } else if (content instanceof LastHttpContent last) {
            exchange = null;
            boolean reusable = keepAlive && current.requestSent() && channel.isActive();
            current.answeredWhole(last);
            if (reusable) {
                pool.release(this);
            } else {
                channel.close();
            }
            current.receiver().onContent(content);
        } else {
            current.receiver().onContent(content);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        UpstreamExchange current = exchange;
        if (current == null) {
            // Idle: read on, to see the backend close.
            ctx.read();
            return;
        }
        current.receiver().onBurstEnd();
        if (exchange == current && current.wantsMore()) {
            ctx.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        UpstreamExchange current = exchange;
        if (current != null && channel.isWritable()) {
            current.receiver().onWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pool.closed(this);
        fail(UpstreamFailure.DISCONNECTED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(UpstreamFailure.DISCONNECTED);
    }

    private void fail(UpstreamFailure failure) {
        UpstreamExchange current = exchange;
        exchange = null;
        channel.close();
        if (current != null) {
            if (!headSeen) {
                host.answered(failure.standsFor());
            }
            current.broken(failure);
        }
    }
}
