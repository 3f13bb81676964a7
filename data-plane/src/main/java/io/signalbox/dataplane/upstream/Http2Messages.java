package io.signalbox.dataplane.upstream;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Between the messages of HTTP/1.1 and of HTTP/2 (RFC 9113, section 8). */
final class Http2Messages {
    /** What is about a connection, and is not said in HTTP/2. */
    private static final Set<String> OF_CONNECTIONS = Set.of(
            "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings", "host");

    private static final String FORWARDED_PROTO = "x-forwarded-proto";

    private Http2Messages() {}

    static Http2Headers request(HttpRequest request) {
        HttpHeaders headers = request.headers();
        Http2Headers result = new DefaultHttp2Headers(false)
                .method(AsciiString.of(request.method().name()))
                .scheme("https".equals(headers.get(FORWARDED_PROTO)) ? "https" : "http")
                .path(request.uri());
        String host = headers.get(HttpHeaderNames.HOST);
        if (host != null) {
            result.authority(host);
        }
        copy(headers, result);
        return result;
    }

    static Http2Headers trailers(HttpHeaders headers) {
        Http2Headers result = new DefaultHttp2Headers(false);
        copy(headers, result);
        return result;
    }

    /** {@code te} may say that trailers are understood, and nothing else. */
    private static void copy(HttpHeaders from, Http2Headers to) {
        for (Map.Entry<String, String> header : from) {
            AsciiString name = AsciiString.of(header.getKey()).toLowerCase();
            boolean hop = OF_CONNECTIONS.contains(name.toString())
                    || name.contentEquals(HttpHeaderNames.TE)
                            && !header.getValue().equalsIgnoreCase("trailers");
            if (!hop) {
                to.add(name, header.getValue());
            }
        }
    }

    /** Null when it has no status. */
    static @Nullable HttpResponse response(Http2Headers headers) {
        CharSequence status = headers.status();
        if (status == null || !status.toString().matches("[1-9][0-9][0-9]")) {
            return null;
        }
        HttpResponse response = new DefaultHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(Integer.parseInt(status.toString())),
                DefaultHttpHeadersFactory.headersFactory().withValidation(false));
        copy(headers, response.headers());
        return response;
    }

    static LastHttpContent end(Http2Headers trailers) {
        DefaultLastHttpContent end = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        copy(trailers, end.trailingHeaders());
        return end;
    }

    private static void copy(Http2Headers from, HttpHeaders to) {
        for (Map.Entry<CharSequence, CharSequence> header : from) {
            if (header.getKey().length() > 0 && header.getKey().charAt(0) != ':') {
                to.add(header.getKey(), header.getValue());
            }
        }
    }
}
