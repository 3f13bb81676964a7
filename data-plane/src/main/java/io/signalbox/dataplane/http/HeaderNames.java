package io.signalbox.dataplane.http;

import io.netty.util.AsciiString;

/** Lower-case header names and values, made once. */
final class HeaderNames {
    static final AsciiString CONNECTION = AsciiString.cached("connection");
    static final AsciiString CLOSE = AsciiString.cached("close");
    static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
    /** Envoy: {@code forward_client_cert_details}, by default {@code SANITIZE}. */
    static final AsciiString FORWARDED_CLIENT_CERT = AsciiString.cached("x-forwarded-client-cert");

    static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    static final AsciiString TEXT_PLAIN = AsciiString.cached("text/plain");
    static final AsciiString TRANSFER_ENCODING = AsciiString.cached("transfer-encoding");
    static final AsciiString CHUNKED = AsciiString.cached("chunked");
    static final AsciiString DATE = AsciiString.cached("date");
    static final AsciiString SERVER = AsciiString.cached("server");
    static final AsciiString LOCATION = AsciiString.cached("location");
    static final AsciiString HOST = AsciiString.cached("host");
    static final AsciiString TE = AsciiString.cached("te");
    static final AsciiString TRAILERS = AsciiString.cached("trailers");
    static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
    static final AsciiString UPGRADE = AsciiString.cached("upgrade");
    static final AsciiString EXPECT = AsciiString.cached("expect");
    static final AsciiString FORWARDED_HOST = AsciiString.cached("x-forwarded-host");
    static final AsciiString FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
    static final AsciiString FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");
    static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");
    static final AsciiString EXTERNAL_ADDRESS = AsciiString.cached("x-envoy-external-address");
    static final AsciiString EXPECTED_TIMEOUT = AsciiString.cached("x-envoy-expected-rq-timeout-ms");
    static final AsciiString ORIGINAL_PATH = AsciiString.cached("x-envoy-original-path");
    static final AsciiString ORIGINAL_HOST = AsciiString.cached("x-envoy-original-host");
    static final AsciiString SET_COOKIE = AsciiString.cached("set-cookie");
    static final AsciiString SERVICE_TIME = AsciiString.cached("x-envoy-upstream-service-time");

    static final AsciiString ALT_STAT_NAME = AsciiString.cached("x-envoy-upstream-alt-stat-name");

    static final AsciiString OVERLOADED = AsciiString.cached("x-envoy-overloaded");
    static final AsciiString TRUE = AsciiString.cached("true");

    static final AsciiString APPLICATION_GRPC = AsciiString.cached("application/grpc");
    static final AsciiString GRPC_STATUS = AsciiString.cached("grpc-status");
    static final AsciiString GRPC_MESSAGE = AsciiString.cached("grpc-message");

    static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");
    static final AsciiString INTERNAL = AsciiString.cached("x-envoy-internal");

    private HeaderNames() {}
}
