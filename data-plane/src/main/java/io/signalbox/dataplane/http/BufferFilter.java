package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.signalbox.dataplane.config.FilterConfig;

/** Keeps a request until it is complete, and refuses those that are too long. Envoy: {@code envoy.filters.http.buffer}. */
final class BufferFilter implements StreamFilter {
    private final FilterConfig.Buffer config;
    private final FilterContext context;
    private long length;

    BufferFilter(FilterConfig.Buffer config, FilterContext context) {
        this.config = config;
        this.context = context;
    }

    @Override
    public Next requestHead(RequestHead head, boolean bodiless) {
        return bodiless ? Next.CONTINUE : Next.COLLECT;
    }

    @Override
    public Next requestBody(HttpContent piece) {
        length += piece.content().readableBytes();
        if (length > config.maxRequestBytes()) {
            context.reply(LocalReply.text(413, "Payload Too Large"));
            return Next.WAIT;
        }
        if (!(piece instanceof LastHttpContent)) {
            return Next.COLLECT;
        }
        if (!context.request().headers().contains(HeaderNames.CONTENT_LENGTH)) {
            context.request().headers().set(HeaderNames.CONTENT_LENGTH, Long.toString(length));
        }
        return Next.CONTINUE;
    }
}
