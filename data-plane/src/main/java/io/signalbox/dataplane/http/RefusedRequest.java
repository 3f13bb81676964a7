package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.signalbox.routing.ConnectionView;
import io.signalbox.routing.FormatContext;
import io.signalbox.routing.RequestOutcome;
import io.signalbox.routing.RequestView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A request that was answered before a route was looked for, as an access log tells of it. */
record RefusedRequest(
        RequestView request, HttpHeaders response, RequestOutcome outcome, Instant startTime, String protocol)
        implements FormatContext {
    private static final int TEMPORARY_REDIRECT = 307;

    /** An answer with a text comes from the codec, which has not read it: nothing is known of such a request. */
    static RefusedRequest of(HttpRequest request, LocalReply reply, HttpHeaders response, Seen seen) {
        boolean unread = reply.body() != null;
        RequestOutcome outcome = new RequestOutcome(
                reply.status(),
                unread ? "DPE" : "-",
                0,
                reply.body() == null ? 0 : reply.body().remaining(),
                Duration.ZERO,
                "");
        return new RefusedRequest(
                unread ? new Unread(seen.connection) : head(request, reply, seen),
                response,
                outcome,
                seen.time,
                "HTTP/1.1");
    }

    /** One over HTTP/2, which its codec has read. */
    static RefusedRequest of(RequestRules.Arrived request, LocalReply reply, HttpHeaders response, Seen seen) {
        RequestOutcome outcome = new RequestOutcome(reply.status(), "-", 0, 0, Duration.ZERO, "");
        String path = asked(request.path(), reply);
        return new RefusedRequest(new Fields(request, path, seen.connection), response, outcome, seen.time, "HTTP/2");
    }

    /** The path without escaped slashes, by which the client is to ask again. */
    private static String asked(String path, LocalReply reply) {
        return reply.status() == TEMPORARY_REDIRECT && reply.location() != null ? reply.location() : path;
    }

    /** When and where it came. */
    record Seen(Instant time, ConnectionView connection) {}

    private static RequestView head(HttpRequest request, LocalReply reply, Seen seen) {
        RequestTarget target = RequestTarget.parse(request);
        String authority = target == null || target.authority() == null ? "" : target.authority();
        String path = target == null ? "" : target.path();
        return new Head(request, authority, asked(path, reply), seen.connection);
    }

    private record Unread(ConnectionView connection) implements RequestView {
        @Override
        public String method() {
            return "";
        }

        @Override
        public String scheme() {
            return "";
        }

        @Override
        public String authority() {
            return "";
        }

        @Override
        public String path() {
            return "";
        }

        @Override
        public List<String> headers(String lowerCaseName) {
            return List.of();
        }
    }

    private record Fields(RequestRules.Arrived arrived, String path, ConnectionView connection) implements RequestView {
        @Override
        public String method() {
            return arrived.verb().name();
        }

        @Override
        public String scheme() {
            return arrived.scheme();
        }

        @Override
        public String authority() {
            return arrived.authority();
        }

        @Override
        public List<String> headers(String lowerCaseName) {
            return arrived.headers().getAll(lowerCaseName);
        }
    }

    private record Head(HttpRequest request, String authority, String path, ConnectionView connection)
            implements RequestView {
        @Override
        public String method() {
            return request.method().name();
        }

        @Override
        public String scheme() {
            return "";
        }

        @Override
        public List<String> headers(String lowerCaseName) {
            return request.headers().getAll(lowerCaseName);
        }
    }

    @Override
    public List<String> responseHeaders(String lowerCaseName) {
        return response.getAll(lowerCaseName);
    }
}
