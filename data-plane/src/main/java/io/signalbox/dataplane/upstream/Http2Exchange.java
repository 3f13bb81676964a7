package io.signalbox.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One exchange on a stream of an HTTP/2 connection. Confined to the connection's event loop. */
final class Http2Exchange extends ChannelInboundHandlerAdapter implements UpstreamStream {
    private final Http2Connection connection;
    private final UpstreamExchange exchange;
    private @Nullable Channel channel;
    private @Nullable Http2Headers unsentHead;
    private boolean headSeen;
    private boolean over;

    Http2Exchange(Http2Connection connection, UpstreamExchange exchange) {
        this.connection = connection;
        this.exchange = exchange;
        this.unsentHead = Http2Messages.request(exchange.head());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
        channel.config().setAutoRead(false);
    }

    private Channel channel() {
        if (channel == null) {
            throw new IllegalStateException("no stream");
        }
        return channel;
    }

    @Override
    public boolean isWritable() {
        return channel().isWritable();
    }

    /** The head goes with the first piece, so that a request without a body is one frame. */
    @Override
    public void write(HttpContent content) {
        Http2Headers trailers = content instanceof LastHttpContent last
                        && !last.trailingHeaders().isEmpty()
                ? Http2Messages.trailers(last.trailingHeaders())
                : null;
        boolean last = content instanceof LastHttpContent;
        boolean empty = !content.content().isReadable();
        Http2Headers head = unsentHead;
        unsentHead = null;
        if (head != null) {
            channel().write(new DefaultHttp2HeadersFrame(head, last && empty && trailers == null));
        }
        if (!empty || last && trailers == null && head == null) {
            channel().write(new DefaultHttp2DataFrame(content.content(), last && trailers == null));
        } else {
            content.release();
        }
        if (trailers != null) {
            channel().write(new DefaultHttp2HeadersFrame(trailers, true));
        }
    }

    @Override
    public void flush() {
        if (unsentHead != null) {
            channel().write(new DefaultHttp2HeadersFrame(unsentHead, false));
            unsentHead = null;
        }
        channel().flush();
    }

    @Override
    public void read() {
        channel().read();
    }

    @Override
    public void abandon() {
        over = true;
        channel().close(); // tells the host
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        if (over) {
            ReferenceCountUtil.release(frame);
        } else if (frame instanceof Http2HeadersFrame headers) {
            headers(headers);
        } else if (frame instanceof Http2DataFrame data) {
            content(
                    data.isEndStream()
                            ? new DefaultLastHttpContent(data.content())
                            : new DefaultHttpContent(data.content()));
        } else if (frame instanceof Http2ResetFrame reset) {
            reset(reset.errorCode());
        } else {
            ReferenceCountUtil.release(frame);
        }
    }

    private void headers(Http2HeadersFrame frame) {
        if (headSeen) {
            content(Http2Messages.end(frame.headers()));
            return;
        }
        HttpResponse response = Http2Messages.response(frame.headers());
        if (response == null) {
            fail(UpstreamFailure.PROTOCOL_ERROR);
        } else if (response.status().code() >= 200) {
            headSeen = true;
            exchange.answered(response, frame.isEndStream());
            if (frame.isEndStream()) {
                content(LastHttpContent.EMPTY_LAST_CONTENT);
            }
        } else if (frame.isEndStream() || response.status().code() == 101) {
            fail(UpstreamFailure.PROTOCOL_ERROR);
        }
    }

    private void content(HttpContent content) {
        if (over) {
            content.release();
            return;
        }
        if (content instanceof LastHttpContent last) {
            over = true;
            exchange.answeredWhole(last);
            if (!exchange.requestSent()) {
                channel().close();
            }
        }
        exchange.receiver().onContent(content);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!over) {
            exchange.receiver().onBurstEnd();
        }
        if (over || exchange.wantsMore()) {
            context.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!over && channel().isWritable()) {
            exchange.receiver().onWritable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2ResetFrame reset) {
            reset(reset.errorCode());
        }
        ReferenceCountUtil.release(event);
    }

    private void reset(long error) {
        fail(error == Http2Error.REFUSED_STREAM.code() ? UpstreamFailure.REMOTE_REFUSED : UpstreamFailure.REMOTE_RESET);
    }

    /** A stream that the host had not begun when it said farewell was not looked at by it. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(connection.isActive() && connection.goesAway() ? UpstreamFailure.REMOTE_REFUSED : connection.failure());
        connection.streamClosed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(UpstreamFailure.PROTOCOL_ERROR);
    }

    private void fail(UpstreamFailure failure) {
        if (over) {
            return;
        }
        over = true;
        if (!headSeen) {
            connection.host().answered(failure.standsFor());
        }
        channel().close();
        exchange.broken(failure);
    }
}
