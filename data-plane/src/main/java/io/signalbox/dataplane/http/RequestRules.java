package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.signalbox.dataplane.config.HttpConfig;
import io.signalbox.routing.ConnectionView;
import io.signalbox.routing.PathNormalizer;
import io.signalbox.routing.PathNormalizer.Normalized;
import io.signalbox.routing.RandomValue;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a request as it came to one that may be routed, or to the answer that refuses it. The order of the checks is
 * Envoy's: first what its codec refuses, then what its connection manager does.
 */
final class RequestRules {
    private final HttpConfig config;
    private final DownstreamInfo downstream;
    private final ForwardingHeaders forwarding;

    RequestRules(HttpConfig config, DownstreamInfo downstream, RandomValue random) {
        this.config = config;
        this.downstream = downstream;
        this.forwarding = new ForwardingHeaders(config, downstream, random);
    }

    /** A request in its final form, or the refusal of it. */
    sealed interface Outcome {
        record Accepted(RequestHead request) implements Outcome {}

        /**
         * @param request with its path as it was when it was refused; empty where the codec has not come to its end
         */
        record Refused(LocalReply reply, Optional<Arrived> request) implements Outcome {}
    }

    /**
     * A request that a codec has nothing against.
     *
     * @param scheme that it says of itself; empty for none
     * @param headers lower-case, {@code host} first, without hop-by-hop headers
     * @param expectsContinue whether the client waits for {@code 100 Continue} before its body
     * @param closes whether the client wants the connection closed afterwards
     * @param upgrade whether it asks for another protocol
     */
    record Arrived(
            HttpMethod verb,
            String scheme,
            String authority,
            String path,
            HttpHeaders headers,
            RequestBody body,
            boolean expectsContinue,
            boolean closes,
            boolean upgrade) {
        Arrived withPath(String other) {
            return new Arrived(verb, scheme, authority, other, headers, body, expectsContinue, closes, upgrade);
        }

        private Outcome refused(LocalReply reply) {
            return new Outcome.Refused(reply, Optional.of(this));
        }
    }

    Outcome apply(HttpRequest request) {
        RequestTarget target = RequestTarget.parse(request);
        LocalReply refusal = ProtocolCheck.refusal(request, target, config);
        Set<String> nominated = HopByHop.nominated(request.headers());
        if (refusal == null) {
            refusal = HopByHop.refusal(nominated);
        }
        if (refusal != null || target == null) {
            return unread(refusal == null ? ProtocolCheck.badRequest() : refusal);
        }
        refusal = refusal(request, target, nominated);
        if (refusal != null) {
            return unread(refusal);
        }
        Arrived arrived = arrived(request, target, nominated);
        return isNamed(request, target, nominated) ? admit(arrived) : unnamed(arrived);
    }

    private static Outcome unread(LocalReply reply) {
        return new Outcome.Refused(reply, Optional.empty());
    }

    /** A Host header that the connection header names is none. */
    private static boolean isNamed(HttpRequest request, RequestTarget target, Set<String> nominated) {
        return request.method().equals(HttpMethod.CONNECT) || target.authority() != null && !nominated.contains("host");
    }

    private static Outcome unnamed(Arrived arrived) {
        arrived.headers().remove(HeaderNames.HOST);
        return arrived.refused(LocalReply.of(400).closing());
    }

    /** What is the connection manager's part: the same for every version of HTTP. */
    Outcome admit(Arrived arrived) {
        LocalReply refusal = refusal(arrived);
        if (refusal != null) {
            return arrived.refused(refusal);
        }
        if (arrived.path().isEmpty()) {
            return accept(arrived, "");
        }
        Normalized normalized = PathNormalizer.normalize(arrived.path(), config.path());
        if (normalized instanceof Normalized.Bad bad) {
            return arrived.withPath(bad.path()).refused(LocalReply.of(400).closing());
        }
        if (normalized instanceof Normalized.Redirect redirect) {
            // Clients of gRPC follow no redirects.
            boolean grpc = GrpcStatus.isAskedFor(arrived.headers());
            LocalReply reply = grpc ? LocalReply.of(400).closing() : LocalReply.location(307, redirect.path());
            // What follows a request for an upgrade is no HTTP.
            return arrived.withPath(redirect.path()).refused(arrived.upgrade() ? reply.closing() : reply);
        }
        return accept(arrived, ((Normalized.Path) normalized).path());
    }

    private @Nullable LocalReply refusal(HttpRequest request, RequestTarget target, Set<String> nominated) {
        if (target.scheme().equals("https") && !downstream.tls()) {
            return LocalReply.text(403, "Forbidden").closing();
        }
        if (request.method().name().equals("CONNECT")) {
            return target.path().startsWith("/") ? ProtocolCheck.badRequest() : null;
        }
        return target.authority() == null || nominated.contains("host") || ProtocolCheck.isAuthority(target.authority())
                ? null
                : ProtocolCheck.badRequest();
    }

    private Arrived arrived(HttpRequest request, RequestTarget target, Set<String> nominated) {
        boolean expectsContinue = request.headers().containsValue(HeaderNames.EXPECT, "100-continue", true);
        boolean upgrade = HopByHop.isForTunnel(request) || HopByHop.asksForUpgrade(request.headers(), nominated);
        String authority = target.authority() == null ? "" : target.authority();
        return new Arrived(
                request.method(),
                "",
                authority,
                target.path(),
                HopByHop.strip(request.headers(), nominated, expectsContinue, authority),
                upgrade ? RequestBody.TUNNEL : RequestBody.of(request.headers()),
                expectsContinue,
                upgrade || nominated.contains("close") || HopByHop.closesProxyConnection(request.headers()),
                upgrade);
    }

    private static @Nullable LocalReply refusal(Arrived arrived) {
        String method = arrived.verb().name();
        if (method.equals("CONNECT")) {
            return null;
        }
        // A query that does not say what it is written in.
        if (method.equals("QUERY") && !arrived.headers().contains(HeaderNames.CONTENT_TYPE)) {
            return LocalReply.of(400).closing();
        }
        // An absolute URL whose path is empty, with a query; or OPTIONS *. No route is looked for.
        return arrived.path().startsWith("/") ? null : LocalReply.of(404);
    }

    private Outcome accept(Arrived arrived, String path) {
        String authority =
                config.stripAnyHostPort() ? RequestTarget.withoutPort(arrived.authority()) : arrived.authority();
        HttpHeaders headers = arrived.headers();
        if (!authority.equals(arrived.authority())) {
            headers.set(HeaderNames.HOST, authority);
        }
        ConnectionView client = forwarding.apply(headers);
        return new Outcome.Accepted(new RequestHead(
                arrived.verb(),
                arrived.scheme().isEmpty() ? scheme(headers) : arrived.scheme(),
                authority,
                path,
                headers,
                arrived.body(),
                arrived.expectsContinue(),
                arrived.closes(),
                arrived.upgrade(),
                client));
    }

    /** What the request says of itself, if that is a scheme. */
    private String scheme(HttpHeaders headers) {
        String forwarded = headers.get(HeaderNames.FORWARDED_PROTO);
        return "http".equals(forwarded) || "https".equals(forwarded) ? forwarded : downstream.scheme();
    }
}
