package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.signalbox.routing.ConnectionView;
import io.signalbox.routing.Decision;
import io.signalbox.routing.FormatContext;
import io.signalbox.routing.HeaderChanges;
import io.signalbox.routing.MutableHeaders;
import io.signalbox.routing.RequestOutcome;
import io.signalbox.routing.RequestView;
import io.signalbox.routing.RouteTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a route, with all it stands in, changes about the headers of one exchange. Envoy: "Custom request/response headers".
 *
 * @param request as it is by now
 * @param response empty while there is none
 * @param outcome for logs
 */
record RouteHeaders(Exchange exchange, RequestView request, Optional<HttpHeaders> response, RequestOutcome outcome)
        implements FormatContext {
    /** Before path and host are rewritten. */
    static void changeRequest(Exchange exchange, HeaderChanges changes) {
        if (!changes.isEmpty()) {
            RequestHead request = exchange.request();
            changes.apply(
                    new Lines(request.headers()),
                    new RouteHeaders(exchange, request, Optional.empty(), RequestOutcome.NONE));
        }
    }

    /** For responses of backends, and for those that the router gives itself. */
    static void changeResponse(Exchange exchange, HttpHeaders headers) {
        HeaderChanges changes = ofResponse(exchange.decision());
        if (!changes.isEmpty()) {
            changes.apply(new Lines(headers), ofWhole(exchange, Optional.of(headers), RequestOutcome.NONE));
        }
    }

    /** What may be told of an exchange whose request has been sent, or has been answered otherwise. */
    static RouteHeaders ofWhole(Exchange exchange, Optional<HttpHeaders> response, RequestOutcome outcome) {
        return new RouteHeaders(exchange, sent(exchange), response, outcome);
    }

    private static HeaderChanges ofResponse(Decision decision) {
        if (decision instanceof Decision.Forward forward) {
            return forward.responseHeaders();
        } else if (decision instanceof Decision.Redirect redirect) {
            return redirect.responseHeaders();
        }
        return decision instanceof Decision.Respond respond ? respond.responseHeaders() : HeaderChanges.NONE;
    }

    private static RequestView sent(Exchange exchange) {
        RequestHead request = exchange.request();
        Decision decision = exchange.decision();
        if (decision instanceof Decision.Forward forward && exchange.hasRewritten()) {
            return new Sent(request, forward.authority(request).orElse(request.authority()), forward.path());
        }
        return decision instanceof Decision.Redirect redirect && redirect.path().isPresent()
                ? new Sent(request, request.authority(), redirect.path())
                : request;
    }

    /** The request with its new path and host. */
    private record Sent(RequestHead request, String authority, Optional<String> rewritten) implements RequestView {
        @Override
        public String method() {
            return request.method();
        }

        @Override
        public String scheme() {
            return request.scheme();
        }

        @Override
        public String path() {
            return rewritten.orElse(request.path());
        }

        @Override
        public List<String> headers(String lowerCaseName) {
            return request.headers(lowerCaseName);
        }

        @Override
        public ConnectionView connection() {
            return request.connection();
        }
    }

    record Lines(HttpHeaders headers) implements MutableHeaders {
        @Override
        public List<String> get(String name) {
            return headers.getAll(name);
        }

        @Override
        public void set(String name, String value) {
            headers.set(name, value);
        }

        @Override
        public void add(String name, String value) {
            headers.add(name, value);
        }

        @Override
        public void remove(String name) {
            headers.remove(name);
        }
    }

    @Override
    public List<String> responseHeaders(String lowerCaseName) {
        return response.map(headers -> headers.getAll(lowerCaseName)).orElse(List.of());
    }

    @Override
    public String protocol() {
        return exchange.protocol();
    }

    @Override
    public String routeName() {
        return routeName(exchange.decision());
    }

    static String routeName(Decision decision) {
        if (decision instanceof Decision.Forward forward) {
            return forward.route();
        } else if (decision instanceof Decision.Redirect redirect) {
            return redirect.route();
        }
        return decision instanceof Decision.Respond respond ? respond.route() : "";
    }

    @Override
    public String virtualCluster() {
        @Nullable RouteTable routes = exchange.serving().routes(exchange.snapshot());
        return routes == null ? "" : routes.virtualCluster(exchange.request()).orElse("");
    }

    @Override
    public String upstreamCluster() {
        return exchange.decision() instanceof Decision.Forward forward && exchange.hasCluster(forward)
                ? forward.cluster()
                : "";
    }

    @Override
    public Instant startTime() {
        return exchange.startTime();
    }
}
