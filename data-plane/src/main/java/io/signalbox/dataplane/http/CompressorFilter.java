package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import io.signalbox.dataplane.config.FilterConfig;
import org.jspecify.annotations.Nullable;

/**
 * Compresses answers for clients that would rather have them so, unless another compressor of the chain is to do it. Of what could be compressed every client is told that it
 * differs by {@code accept-encoding}. Envoy: {@code envoy.filters.http.compressor}.
 */
final class CompressorFilter implements StreamFilter {
    private static final String VARY = "Accept-Encoding";

    private final FilterConfig.Compressor config;
    private final Encodings encodings;
    private @Nullable EncodedBody stream;

    CompressorFilter(FilterConfig.Compressor config, Encodings encodings) {
        this.config = config;
        this.encodings = encodings;
    }

    @Override
    public Next requestHead(RequestHead head, boolean bodiless) {
        encodings.offer(config);
        return Next.CONTINUE;
    }

    @Override
    public void responseHead(ResponseHead head) {
        HttpHeaders headers = head.headers();
        if (head.code() == ResponseRules.SWITCHING_PROTOCOLS || !isCompressible(headers)) {
            return;
        }
        if (encodings.isChosen(config.encoding(), headers) && !head.bodiless()) {
            String tag = headers.get(HttpHeaderNames.ETAG);
            if (tag != null && !isWeak(tag)) {
                headers.remove(HttpHeaderNames.ETAG);
            }
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
            headers.set(HttpHeaderNames.CONTENT_ENCODING, config.encoding().token());
            stream = new EncodedBody(config.encoding());
        }
        vary(headers);
    }

    private boolean isCompressible(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return (length == null || Long.parseLong(length) >= config.minimumSize())
                && Encodings.fits(config, headers)
                && !headers.contains(HttpHeaderNames.CONTENT_ENCODING)
                && !headers.containsValue(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_TRANSFORM, true);
    }

    /** An entity tag of bytes that are compressed again may change; a weak one speaks of what they mean. */
    private static boolean isWeak(String tag) {
        return tag.regionMatches(true, 0, "w/", 0, 2);
    }

    private static void vary(HttpHeaders headers) {
        String before = headers.get(HttpHeaderNames.VARY);
        if (before == null || before.isEmpty()) {
            headers.set(HttpHeaderNames.VARY, VARY);
        } else if (!before.contains(VARY)) {
            headers.set(HttpHeaderNames.VARY, before + ", " + VARY);
        }
    }

    @Override
    public HttpContent responseBody(HttpContent piece) {
        EncodedBody open = stream;
        if (open == null) {
            return piece;
        }
        boolean last = piece instanceof LastHttpContent;
        try {
            return last
                    ? new DefaultLastHttpContent(open.finish(piece.content()))
                    : new DefaultHttpContent(open.compress(piece.content()));
        } finally {
            piece.release();
        }
    }

    @Override
    public void ended() {
        if (stream != null) {
            stream.close();
        }
    }
}
