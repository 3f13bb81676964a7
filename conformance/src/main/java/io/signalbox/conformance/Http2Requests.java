package io.signalbox.conformance;

import io.signalbox.conformance.ConformanceCase.Request;
import io.signalbox.local.Http2Request;
import io.signalbox.local.RawRequest.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What goes out over HTTP/2 for a request of a case. */
final class Http2Requests {
    /** A request that asks for these is about HTTP/1.1; in HTTP/2 they are refused. */
    private static final Set<String> OF_CONNECTIONS = Set.of(
            "connection", "expect", "host", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade");

    private Http2Requests() {}

    /** Pseudo-headers among the headers take the place of those made of method, host and path, also with no value at all. */
    static Http2Request of(Request request) {
        List<Header> headers = new ArrayList<>();
        pseudo(headers, request, ":method", request.method());
        pseudo(headers, request, ":scheme", request.door().tls().isPresent() ? "https" : "http");
        pseudo(headers, request, ":authority", request.host());
        pseudo(headers, request, ":path", request.path());
        request.headers().forEach((name, values) -> values.forEach(value -> headers.add(new Header(name, value))));
        if (!request.cookies().isEmpty()) {
            headers.add(new Header(
                    "cookie",
                    request.cookies().entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; "))));
        }
        List<Header> trailers = new ArrayList<>();
        request.trailers().forEach((name, value) -> trailers.add(new Header(name, value)));
        return new Http2Request(headers, request.body().orElse("").getBytes(StandardCharsets.UTF_8), trailers);
    }

    private static void pseudo(List<Header> headers, Request request, String name, String value) {
        if (!request.headers().containsKey(name)) {
            headers.add(new Header(name, value));
        }
    }

    /** Whether it means the same over HTTP/2, so that it can be made there too. */
    static boolean isForBoth(Request request) {
        boolean ofConnections = request.headers().keySet().stream()
                .anyMatch(name -> OF_CONNECTIONS.contains(name.toLowerCase(Locale.ROOT)));
        boolean odd = request.raw().isPresent()
                || request.bytes().isPresent()
                || request.tunnel().isPresent()
                || request.chunked();
        boolean aboutHttp1 = request.expect().connection().isPresent()
                || request.expect().refused()
                || !request.expect().tls().isEmpty();
        return !request.door().http2() && !request.door().http3() && !ofConnections && !odd && !aboutHttp1;
    }
}
