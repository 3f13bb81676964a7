package io.signalbox.dataplane.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Headers;

/** Hands the frames that matter to a connection. */
final class Http2Frames extends Http2EventAdapter {
    private final Http2Connection connection;

    Http2Frames(Http2Connection connection) {
        this.connection = connection;
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int id, Http2Headers fields, int padding, boolean endOfStream) {
        if (connection.has(id)) {
            connection.trailers(id, fields);
        } else {
            connection.headers(id, fields, endOfStream);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int id,
            Http2Headers fields,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream) {
        onHeadersRead(context, id, fields, padding, endOfStream);
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean endOfStream) {
        return connection.data(id, data, padding, endOfStream);
    }
}
