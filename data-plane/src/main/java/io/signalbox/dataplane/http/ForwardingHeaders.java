package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import io.signalbox.dataplane.config.HttpConfig;
import io.signalbox.dataplane.config.TrustConfig;
import io.signalbox.routing.ConnectionView;
import io.signalbox.routing.ForwardedFor;
import io.signalbox.routing.RandomValue;
import io.signalbox.routing.RepeatedHeaders;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The headers that tell backends where a request comes from. With {@code use_remote_address} this proxy is the edge:
 * what a client says of itself is overwritten or removed. No address counts as internal, which is Envoy's default.
 * Envoy: "HTTP header manipulation", "HTTP header sanitizing".
 */
final class ForwardingHeaders {
    /** Ways to steer the router that are not for clients. */
    private static final List<String> NOT_FOR_CLIENTS = List.of(
            "x-envoy-retriable-status-codes",
            "x-envoy-retriable-header-names",
            "x-envoy-retry-on",
            "x-envoy-retry-grpc-on",
            "x-envoy-max-retries",
            "x-envoy-upstream-alt-stat-name",
            "x-envoy-upstream-rq-timeout-ms",
            "x-envoy-upstream-rq-per-try-timeout-ms",
            "x-envoy-upstream-rq-timeout-alt-response",
            "x-envoy-expected-rq-timeout-ms",
            "x-envoy-force-trace",
            "x-envoy-ip-tags",
            "x-envoy-original-url",
            "x-envoy-hedge-on-per-try-timeout",
            "x-envoy-upstream-stream-duration-ms",
            "x-envoy-internal");

    /** In addition, at the edge. */
    private static final List<String> NOT_FROM_OUTSIDE = List.of(
            "x-envoy-decorator-operation",
            "x-envoy-downstream-service-cluster",
            "x-envoy-downstream-service-node",
            "x-envoy-original-path",
            "x-envoy-original-host");

    /** What Netty reads as an address and Envoy does not: zones, brackets, octets with leading zeros. */
    private static final Pattern LOOKS_LIKE_AN_ADDRESS = Pattern.compile(".*[%\\[].*|(?:.*[.:])?0\\d+\\..*|.*\\.0\\d+");

    private static final String ENVOY_PREFIX = "x-envoy-";

    private final HttpConfig config;
    private final DownstreamInfo downstream;
    private final RandomValue random;

    ForwardingHeaders(HttpConfig config, DownstreamInfo downstream, RandomValue random) {
        this.config = config;
        this.downstream = downstream;
        this.random = random;
    }

    /** Gives back where the request comes from. */
    ConnectionView apply(HttpHeaders headers) {
        TrustConfig trust = config.trust();
        boolean edge = trust.useRemoteAddress();
        trust.removed().forEach(headers::remove);
        // Nobody's word counts on whom a certificate belongs to.
        headers.remove(HeaderNames.FORWARDED_CLIENT_CERT);
        trust.told()
                .flatMap(details -> downstream.identity().flatMap(identity -> identity.told(details)))
                .ifPresent(told -> headers.set(HeaderNames.FORWARDED_CLIENT_CERT, told));
        sanitize(headers, edge);
        Optional<InetAddress> named = Optional.empty();
        if (edge) {
            String before = RepeatedHeaders.join(headers.getAll(HeaderNames.FORWARDED_FOR));
            named = client(before, trust.hops());
            if (!trust.skipXffAppend()) {
                appendForwardedFor(headers, before);
            }
        }
        forwardedProto(headers, edge);
        if (edge) {
            headers.set(
                    HeaderNames.EXTERNAL_ADDRESS,
                    named.map(NetUtil::toAddressString).orElse(downstream.peer()));
        }
        requestId(headers, edge);
        return named.map(downstream::onBehalfOf).orElse(downstream);
    }

    private static void sanitize(HttpHeaders headers, boolean edge) {
        if (!hasEnvoyHeader(headers)) {
            return;
        }
        NOT_FOR_CLIENTS.forEach(headers::remove);
        if (edge) {
            NOT_FROM_OUTSIDE.forEach(headers::remove);
        }
    }

    private static boolean hasEnvoyHeader(HttpHeaders headers) {
        for (var all = headers.iteratorCharSequence(); all.hasNext(); ) {
            if (all.next().getKey().toString().startsWith(ENVOY_PREFIX)) {
                return true;
            }
        }
        return false;
    }

    /** Whom trusted hops name. */
    private static Optional<InetAddress> client(String forwardedFor, int hops) {
        return ForwardedFor.client(forwardedFor, hops)
                .filter(text -> !LOOKS_LIKE_AN_ADDRESS.matcher(text).matches())
                .map(NetUtil::createInetAddressFromIpAddressString);
    }

    private void appendForwardedFor(HttpHeaders headers, String before) {
        headers.set(
                HeaderNames.FORWARDED_FOR,
                before.isEmpty() ? downstream.forwardedFor() : before + "," + downstream.forwardedFor());
    }

    private void forwardedProto(HttpHeaders headers, boolean edge) {
        boolean believed = !edge || config.trust().hops() > 0;
        if (!believed || !headers.contains(HeaderNames.FORWARDED_PROTO)) {
            headers.set(HeaderNames.FORWARDED_PROTO, downstream.scheme());
        }
    }

    private void requestId(HttpHeaders headers, boolean edge) {
        HttpConfig.RequestIdPolicy policy = config.requestId();
        if (!policy.generate()) {
            return;
        }
        boolean replace = edge && !policy.preserveExternal();
        if (replace || !headers.contains(HeaderNames.REQUEST_ID)) {
            headers.set(HeaderNames.REQUEST_ID, randomUuid());
        }
    }

    /** RFC 9562, version 4. */
    private String randomUuid() {
        long high = random.next() & 0xffff_ffff_ffff_0fffL | 0x4000L;
        long low = random.next() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
