package io.signalbox.dataplane.upstream;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** What of gRPC decides whether a call went well. */
public final class GrpcCalls {
    private static final String STATUS = "grpc-status";

    private GrpcCalls() {}

    /** Whether a request is a call of gRPC, by its type alone. */
    public static boolean isCall(HttpHeaders request) {
        String type = request.get(HttpHeaderNames.CONTENT_TYPE);
        return type != null && (type.equals("application/grpc") || type.startsWith("application/grpc+"));
    }

    /**
     * Whether these headers or trailers say that the server did what it should: any status that stands for less than 500,
     * so that the client's own faults are none of the server's. Envoy: {@code grpcToHttpStatus}.
     */
    static boolean wentWell(HttpHeaders last) {
        String status = last.get(STATUS);
        return status != null
                && switch (status) {
                    case "0", "1", "3", "5", "6", "7", "8", "9", "10", "11", "16" -> true;
                    default -> false;
                };
    }
}
