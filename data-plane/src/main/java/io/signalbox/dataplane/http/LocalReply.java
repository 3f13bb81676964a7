package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.signalbox.routing.Body;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer by the proxy itself.
 *
 * @param body text, or null for none
 * @param location value of that header, or null for none
 * @param flag name of a header that says {@code true}, or null for none
 * @param closes whether the connection cannot be used after it
 * @param reason in access logs, empty for none. Envoy: {@code %RESPONSE_FLAGS%}
 * @param grpc how a gRPC client is told, in place of status and body; or null
 * @param routed whether it comes of a route, whose header changes are then for it too
 * @param headers in place of those of the same names that the route adds, or null for none
 */
record LocalReply(
        int status,
        @Nullable ByteBuffer body,
        @Nullable String location,
        @Nullable AsciiString flag,
        boolean closes,
        String reason,
        @Nullable GrpcStatus grpc,
        boolean routed,
        @Nullable HttpHeaders headers) {
    static LocalReply of(int status) {
        return new LocalReply(status, null, null, null, false, "", null, false, null);
    }

    static LocalReply text(int status, String text) {
        return new LocalReply(
                status,
                ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)),
                null,
                null,
                false,
                "",
                null,
                false,
                null);
    }

    static LocalReply body(int status, Body body, @Nullable String location) {
        return new LocalReply(
                status, body.length() == 0 ? null : body.buffer(), location, null, false, "", null, false, null);
    }

    /** @param bytes may be empty for none */
    static LocalReply bytes(int status, byte[] bytes) {
        @Nullable ByteBuffer body = bytes.length == 0 ? null : ByteBuffer.wrap(bytes);
        return new LocalReply(status, body, null, null, false, "", null, false, null);
    }

    static LocalReply location(int status, String location) {
        return new LocalReply(status, null, location, null, false, "", null, false, null);
    }

    LocalReply closing() {
        return new LocalReply(status, body, location, flag, true, reason, grpc, routed, headers);
    }

    LocalReply with(AsciiString flag) {
        return new LocalReply(status, body, location, flag, closes, reason, grpc, routed, headers);
    }

    LocalReply ofRoute() {
        return new LocalReply(status, body, location, flag, closes, reason, grpc, true, headers);
    }

    LocalReply with(HttpHeaders own) {
        return new LocalReply(status, body, location, flag, closes, reason, grpc, routed, own);
    }

    LocalReply because(String newReason) {
        return new LocalReply(status, body, location, flag, closes, newReason, grpc, routed, headers);
    }

    /**
     * The same for a gRPC client: HTTP's status is 200 and there is no body. Envoy: "gRPC local replies".
     *
     * @param head whether it answers a HEAD, which is told no more than the status
     */
    LocalReply forGrpc(boolean head) {
        String text = body == null || head
                ? ""
                : StandardCharsets.ISO_8859_1.decode(body.duplicate()).toString();
        return new LocalReply(200, null, location, flag, closes, reason, GrpcStatus.of(status, text), routed, headers);
    }
}
