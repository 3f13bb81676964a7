package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;

/** How the end of a request is known. */
enum RequestBody {
    NONE,
    CONTENT_LENGTH,
    CHUNKED,
    /** Not at all: bytes of another protocol go both ways until one side closes. */
    TUNNEL;

    static RequestBody of(HttpHeaders headers) {
        if (headers.contains(HeaderNames.TRANSFER_ENCODING)) {
            return CHUNKED;
        }
        String length = headers.get(HeaderNames.CONTENT_LENGTH);
        return length == null || length.equals("0") ? NONE : CONTENT_LENGTH;
    }
}
