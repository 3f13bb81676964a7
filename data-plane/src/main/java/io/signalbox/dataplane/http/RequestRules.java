package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.signalbox.dataplane.config.HttpConfig;
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
        LocalReply refusal = ProtocolCheck.refusal(request, config);
        if (refusal != null) {
            return new Outcome.Refused(refusal);
        }
        Set<String> nominated = HopByHop.nominated(request.headers());
        refusal = HopByHop.refusal(request.headers(), nominated);
        if (refusal != null) {
            return new Outcome.Refused(refusal);
        }
        RequestTarget target = RequestTarget.parse(request);
        refusal = refusal(request, target);
        if (refusal != null) {
            return new Outcome.Refused(refusal);
        }
        Normalized normalized = PathNormalizer.normalize(target.path(), config.path());
        if (normalized instanceof Normalized.Bad) {
            return new Outcome.Refused(LocalReply.of(400).closing());
        }
        if (normalized instanceof Normalized.Redirect redirect) {
            return new Outcome.Refused(LocalReply.location(307, redirect.path()));
        }
        return accept(request, nominated, target, ((Normalized.Path) normalized).path());
    }

    private @Nullable LocalReply refusal(HttpRequest request, RequestTarget target) {
        if (target.scheme().equals("https") && !downstream.tls()) {
            return LocalReply.text(403, "Forbidden").closing();
        }
        String method = request.method().name();
        if (method.equals("CONNECT") && !target.path().startsWith("/")) {
            return LocalReply.of(404).closing();
        }
        boolean asterisk = target.path().equals("*") && method.equals("OPTIONS");
        if (!target.path().startsWith("/") && !asterisk || method.equals("CONNECT")) {
            return ProtocolCheck.badRequest();
        }
        if (target.authority() == null) {
            return LocalReply.of(400).closing();
        }
        return ProtocolCheck.isAuthority(target.authority()) ? null : ProtocolCheck.badRequest();
    }

    private Outcome accept(HttpRequest request, Set<String> nominated, RequestTarget target, String path) {
        boolean expectsContinue = request.headers().containsValue(HeaderNames.EXPECT, "100-continue", true);
        String named = target.authority() == null ? "" : target.authority();
        String authority = config.stripAnyHostPort() ? RequestTarget.withoutPort(named) : named;
        HttpHeaders headers = HopByHop.strip(request.headers(), nominated, expectsContinue, authority);
        forwarding.apply(headers);
        return new Outcome.Accepted(new RequestHead(
                request.method(),
                scheme(headers),
                authority,
                path,
                headers,
                RequestBody.of(request.headers()),
                expectsContinue,
                nominated.contains("close")));
    }

    /** What the request says of itself, if that is a scheme. */
    private String scheme(HttpHeaders headers) {
        String forwarded = headers.get(HeaderNames.FORWARDED_PROTO);
        return "http".equals(forwarded) || "https".equals(forwarded) ? forwarded : downstream.scheme();
    }
}
