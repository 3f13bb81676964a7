package io.signalbox.dataplane.upstream;

import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;

/** What HTTP/1.1 may have behind a body. Envoy's codec drops it, on the way in and on the way out. */
public final class Trailers {
    private Trailers() {}

    /** The same piece without trailers. */
    public static HttpContent drop(HttpContent piece) {
        return piece instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()
                ? new DefaultLastHttpContent(last.content())
                : piece;
    }
}
