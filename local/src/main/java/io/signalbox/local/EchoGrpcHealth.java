package io.signalbox.local;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Answers {@code grpc.health.v1.Health/Check} in gRPC's own form: a length, a message of one field, trailers. */
final class EchoGrpcHealth {
    static final String PATH = "/grpc.health.v1.Health/Check";

    private static final byte SERVING = 1;
    private static final byte NOT_SERVING = 2;
    private static final byte FIELD_1 = 0x08;
    private static final int OK = 200;

    private EchoGrpcHealth() {}

    /** @param status 200 for a server that is well */
    static FullHttpResponse answer(int status) {
        byte[] message = {0, 0, 0, 0, 2, FIELD_1, status == OK ? SERVING : NOT_SERVING};
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(message));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/grpc");
        response.trailingHeaders().set("grpc-status", "0");
        return response;
    }
}
