package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.signalbox.dataplane.state.Snapshot;
import io.signalbox.routing.ConnectionView;
import io.signalbox.routing.Decision;
import io.signalbox.routing.FormatContext;
import io.signalbox.routing.HeaderChanges;
import io.signalbox.routing.RequestOutcome;
import io.signalbox.routing.RequestView;
import io.signalbox.routing.RouteTable;
import io.signalbox.routing.UnknownRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered before it is routed, as its answer and an access log tell of it.
 *
 * @param decision of its route, which is found all the same where the request says its own {@code x-forwarded-proto}: Envoy
 *     looks for a route whenever it answers, and takes a request without that header for one that cannot have any yet
 * @param answer its headers
 */
record RefusedRequest(
        RequestView request,
        Decision decision,
        boolean forwarded,
        Optional<HttpHeaders> answer,
        RequestOutcome outcome,
        Instant startTime,
        String protocol)
        implements FormatContext {

    /**
     * @param connection that it came by
     * @param protocol that it came in, as in access logs
     */
    static RefusedRequest of(
            RequestRules.Outcome.Refused refused, ServingContext context, ConnectionView connection, String protocol) {
        RequestView request = refused.request()
                .<RequestView>map(arrived -> new Head(arrived, connection))
                .orElse(new Unread(connection));
        Snapshot snapshot = context.snapshot().get();
        Decision decision = decide(request, context.routes(snapshot), context);
        boolean forwarded = decision instanceof Decision.Forward forward
                && snapshot.clusters().containsKey(forward.cluster());
        return new RefusedRequest(
                request,
                decision,
                forwarded,
                Optional.empty(),
                RequestOutcome.NONE,
                context.date().now(),
                protocol);
    }

    private static Decision decide(RequestView request, @Nullable RouteTable routes, ServingContext context) {
        boolean early =
                request.headers(HeaderNames.FORWARDED_PROTO.toString()).stream().allMatch(String::isEmpty);
        if (early || routes == null || request.method().equals(HttpMethod.CONNECT.name())) {
            return new Decision.NoVirtualHost();
        }
        return request.headers(HeaderNames.HOST.toString()).isEmpty()
                ? routes.decideUnnamed(request, context.random())
                : routes.decide(request, context.random());
    }

    /** What a route that forwards changes about the answer. The location of the answer is appended to what it says. */
    void changeAnswer(HttpHeaders headers) {
        HeaderChanges changes =
                decision instanceof Decision.Forward forward ? forward.responseHeaders() : HeaderChanges.NONE;
        if (!changes.isEmpty()) {
            List<String> locations = new ArrayList<>(headers.getAll(HeaderNames.LOCATION));
            headers.remove(HeaderNames.LOCATION);
            changes.apply(new RouteHeaders.Lines(headers), answered(headers, outcome));
            locations.addAll(0, headers.getAll(HeaderNames.LOCATION));
            if (!locations.isEmpty()) {
                headers.set(HeaderNames.LOCATION, String.join(",", locations));
            }
        }
    }

    /** To be logged. */
    RefusedRequest answeredBy(LocalReply reply, HttpHeaders headers) {
        int bytes = reply.body() == null ? 0 : reply.body().remaining();
        String reason = request instanceof Unread ? "DPE" : "-";
        return answered(headers, new RequestOutcome(reply.status(), reason, 0, bytes, Duration.ZERO, ""));
    }

    private RefusedRequest answered(HttpHeaders headers, RequestOutcome as) {
        return new RefusedRequest(request, decision, forwarded, Optional.of(headers), as, startTime, protocol);
    }

    @Override
    public List<String> responseHeaders(String lowerCaseName) {
        return answer.map(headers -> headers.getAll(lowerCaseName)).orElse(List.of());
    }

    @Override
    public String routeName() {
        return RouteHeaders.routeName(decision);
    }

    @Override
    public String upstreamCluster() {
        return forwarded && decision instanceof Decision.Forward forward ? forward.cluster() : "";
    }

    /** An answer with a text comes from the codec, which has not read it: nothing is known of such a request. */
    private record Unread(ConnectionView connection) implements UnknownRequest {}

    private record Head(RequestRules.Arrived arrived, ConnectionView connection) implements RequestView {
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
        public String path() {
            return arrived.path();
        }

        @Override
        public List<String> headers(String lowerCaseName) {
            return arrived.headers().getAll(lowerCaseName);
        }
    }
}
