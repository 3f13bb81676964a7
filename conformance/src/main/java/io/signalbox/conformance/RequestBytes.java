package io.signalbox.conformance;

import io.signalbox.conformance.ConformanceCase.Request;
import io.signalbox.local.RawRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What goes out for a request of a case. */
final class RequestBytes {
    private RequestBytes() {}

    static byte[] of(Request request) {
        if (request.raw().isPresent()) {
            return request.raw().get().getBytes(StandardCharsets.UTF_8);
        }
        RawRequest raw = RawRequest.of(request.method(), request.host(), request.path());
        for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
            for (String value : header.getValue()) {
                raw = raw.with(header.getKey(), value);
            }
        }
        if (!request.cookies().isEmpty()) {
            raw = raw.with(
                    "Cookie",
                    request.cookies().entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (request.chunked()) {
            return chunked(
                    raw.with("Transfer-Encoding", "chunked"), request.body().orElse(""));
        }
        return (request.body().isPresent() ? raw.withBody(request.body().get()) : raw).toBytes();
    }

    /** All of the body in one chunk. */
    private static byte[] chunked(RawRequest head, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        String chunks = (length == 0 ? "" : Integer.toHexString(length) + "\r\n" + body + "\r\n") + "0\r\n\r\n";
        return (new String(head.toBytes(), StandardCharsets.UTF_8) + chunks).getBytes(StandardCharsets.UTF_8);
    }
}
