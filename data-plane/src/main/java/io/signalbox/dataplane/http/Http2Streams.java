package io.signalbox.dataplane.http;

import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Stream;

/** Tells a connection which of its streams are over. */
final class Http2Streams extends Http2ConnectionAdapter {
    private final Http2Connection connection;

    Http2Streams(Http2Connection connection) {
        this.connection = connection;
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        connection.closed(stream.id());
    }
}
