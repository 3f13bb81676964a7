package io.signalbox.dataplane.upstream;

import io.netty.handler.codec.http.HttpContent;

/** The way of one exchange over a connection. Confined to its event loop. */
interface UpstreamStream {
    boolean isWritable();

    /** Takes over the buffer. */
    void write(HttpContent content);

    void flush();

    /** Goes on reading the response. */
    void read();

    /** The exchange was given up. */
    void abandon();
}
