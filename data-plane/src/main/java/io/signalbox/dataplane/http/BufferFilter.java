package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.signalbox.dataplane.config.FilterConfig;

/** Keeps a request until it is complete, and refuses those that are too long. Envoy: {@code envoy.filters.http.buffer}. */
final class BufferFilter implements StreamFilter {
    private final FilterConfig.Buffer config;
    private final FilterContext context;
    private long length;
    private boolean measured;

    BufferFilter(FilterConfig.Buffer config, FilterContext context) {
        this.config = config;
        this.context = context;
    }

    /** What is kept anyway is there for another try. */
    @Override
    public Next requestHead(RequestHead head, boolean bodiless) {
        if (bodiless) {
            return Next.CONTINUE;
        }
        context.keepBody(config.maxRequestBytes());
        return Next.COLLECT;
    }

    @Override
    public Next requestBody(HttpContent piece) {
        boolean last = piece instanceof LastHttpContent;
        length += piece.content().readableBytes();
        measured |= !last || !endsWithData();
        if (measured && length > config.maxRequestBytes()) {
            context.reply(LocalReply.text(413, "Payload Too Large").closing());
            return Next.WAIT;
        }
        if (!last) {
            return Next.COLLECT;
        }
        if (!context.request().headers().contains(HeaderNames.CONTENT_LENGTH)) {
            context.request().headers().set(HeaderNames.CONTENT_LENGTH, Long.toString(length));
        }
        return Next.CONTINUE;
    }

    /**
     * Envoy measures what it has kept before, so not a body that is a single frame of HTTP/2, of up to 16 KiB. In HTTP/1.1 the
     * end comes by itself.
     */
    private boolean endsWithData() {
        return context.protocol().equals(Http2Downstream.PROTOCOL);
    }
}
