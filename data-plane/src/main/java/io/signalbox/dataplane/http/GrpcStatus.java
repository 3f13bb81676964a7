package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.signalbox.dataplane.upstream.GrpcCalls;

/**
 * How a call of gRPC ended, as headers say it.
 *
 * @param message percent-encoded
 */
record GrpcStatus(int code, String message) {
    private static final String HEX = "0123456789ABCDEF";

    /** What stands for a status of HTTP: gRPC's doc/http-grpc-status-mapping.md, which Envoy follows. */
    static GrpcStatus of(int status, String text) {
        return new GrpcStatus(
                switch (status) {
                    case 400 -> 13;
                    case 401 -> 16;
                    case 403 -> 7;
                    case 404 -> 12;
                    case 429, 502, 503, 504 -> 14;
                    default -> 2;
                },
                encode(text));
    }

    /** Whether a request is a call of gRPC, by its type alone. */
    static boolean isAskedFor(HttpHeaders request) {
        return GrpcCalls.isCall(request);
    }

    /** Envoy encodes the tilde, too. */
    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            if (c < ' ' || c >= '~' || c == '%') {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }
}
