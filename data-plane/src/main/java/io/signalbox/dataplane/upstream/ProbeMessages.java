package io.signalbox.dataplane.upstream;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.signalbox.dataplane.config.HealthConfig.Probe;
import java.util.List;

/**
 * What probes ask. Of gRPC's health checking protocol two messages of one field each are known: the request's {@code
 * service} and the response's {@code status}.
 */
final class ProbeMessages {
    private static final String USER_AGENT = "Envoy/HC";
    private static final String CHECK = "/grpc.health.v1.Health/Check";
    private static final int FIELD = 1;
    private static final int PREFIX_BYTES = 5;
    private static final long SERVING = 1;

    private ProbeMessages() {}

    static FullHttpRequest request(Probe.Http http) {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, http.path(), Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, http.host()).set(HttpHeaderNames.USER_AGENT, USER_AGENT);
        if (!http.http2()) {
            request.headers().set(HttpHeaderNames.CONNECTION, "close");
        }
        return request;
    }

    static FullHttpRequest request(Probe.Grpc grpc) {
        UnknownFieldSet.Builder message = UnknownFieldSet.newBuilder();
        if (!grpc.service().isEmpty()) {
            message.addField(
                    FIELD,
                    UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8(grpc.service()))
                            .build());
        }
        byte[] bytes = message.build().toByteArray();
        ByteBuf body = Unpooled.buffer(PREFIX_BYTES + bytes.length)
                .writeByte(0)
                .writeInt(bytes.length)
                .writeBytes(bytes);
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, CHECK, body);
        request.headers()
                .set(HttpHeaderNames.HOST, grpc.authority())
                .set(HttpHeaderNames.USER_AGENT, USER_AGENT)
                .set(HttpHeaderNames.CONTENT_TYPE, "application/grpc")
                .set(HttpHeaderNames.TE, "trailers");
        return request;
    }

    /** Whether a response's body, one message with its prefix, says that the service serves. */
    static boolean serves(ByteBuf body) {
        if (body.readableBytes() < PREFIX_BYTES || body.readByte() != 0 || body.readInt() != body.readableBytes()) {
            return false;
        }
        byte[] message = new byte[body.readableBytes()];
        body.readBytes(message);
        try {
            List<Long> status =
                    UnknownFieldSet.parseFrom(message).getField(FIELD).getVarintList();
            return !status.isEmpty() && status.get(status.size() - 1) == SERVING;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }
}
