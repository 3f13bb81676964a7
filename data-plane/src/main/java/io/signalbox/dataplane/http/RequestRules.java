package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.signalbox.dataplane.config.HttpConfig;
import io.signalbox.routing.ConnectionView;
import io.signalbox.routing.PathNormalizer;
import io.signalbox.routing.PathNormalizer.Normalized;
import io.signalbox.routing.RandomValue;
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

        record Refused(LocalReply reply) implements Outcome {}
    }

    Outcome apply(HttpRequest request) {
        RequestTarget target = RequestTarget.parse(request);
        LocalReply refusal = ProtocolCheck.refusal(request, target, config);
        Set<String> nominated = HopByHop.nominated(request.headers());
        if (refusal == null) {
            refusal = HopByHop.refusal(nominated);
        }
        if (refusal != null || target == null) {
            return new Outcome.Refused(refusal == null ? ProtocolCheck.badRequest() : refusal);
        }
        refusal = refusal(request, target, nominated);
        if (refusal != null) {
            return new Outcome.Refused(refusal);
        }
        boolean upgrade = HopByHop.asksForUpgrade(request.headers(), nominated);
        Normalized normalized = PathNormalizer.normalize(target.path(), config.path());
        if (normalized instanceof Normalized.Bad) {
            return new Outcome.Refused(LocalReply.of(400).closing());
        }
        if (normalized instanceof Normalized.Redirect redirect) {
            LocalReply reply = LocalReply.location(307, redirect.path());
            // What follows a request for an upgrade is no HTTP.
            return new Outcome.Refused(upgrade ? reply.closing() : reply);
        }
        return accept(request, nominated, upgrade, target, ((Normalized.Path) normalized).path());
    }

    private @Nullable LocalReply refusal(HttpRequest request, RequestTarget target, Set<String> nominated) {
        if (target.scheme().equals("https") && !downstream.tls()) {
            return LocalReply.text(403, "Forbidden").closing();
        }
        String method = request.method().name();
        if (method.equals("CONNECT") && !target.path().startsWith("/")) {
            return LocalReply.of(404).closing();
        }
        if (method.equals("CONNECT")) {
            return ProtocolCheck.badRequest();
        }
        // Its parser knows QUERY and its connection manager does not. A Host header that the connection header names is
        // none.
        if (target.authority() == null || nominated.contains("host") || method.equals("QUERY")) {
            return LocalReply.of(400).closing();
        }
        if (!ProtocolCheck.isAuthority(target.authority())) {
            return ProtocolCheck.badRequest();
        }
        // An absolute URL whose path is empty, with a query; or OPTIONS *. No route is looked for.
        return target.path().startsWith("/") ? null : LocalReply.of(404);
    }

    private Outcome accept(
            HttpRequest request, Set<String> nominated, boolean upgrade, RequestTarget target, String path) {
        boolean expectsContinue = request.headers().containsValue(HeaderNames.EXPECT, "100-continue", true);
        String named = target.authority() == null ? "" : target.authority();
        String authority = config.stripAnyHostPort() ? RequestTarget.withoutPort(named) : named;
        HttpHeaders headers = HopByHop.strip(request.headers(), nominated, expectsContinue, authority);
        ConnectionView client = forwarding.apply(headers);
        return new Outcome.Accepted(new RequestHead(
                request.method(),
                scheme(headers),
                authority,
                path,
                headers,
                RequestBody.of(request.headers()),
                expectsContinue,
                upgrade || nominated.contains("close") || HopByHop.closesProxyConnection(request.headers()),
                upgrade,
                client));
    }

    /** What the request says of itself, if that is a scheme. */
    private String scheme(HttpHeaders headers) {
        String forwarded = headers.get(HeaderNames.FORWARDED_PROTO);
        return "http".equals(forwarded) || "https".equals(forwarded) ? forwarded : downstream.scheme();
    }
}
