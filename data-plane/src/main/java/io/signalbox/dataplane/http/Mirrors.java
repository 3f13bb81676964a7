package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.signalbox.dataplane.upstream.Cluster;
import io.signalbox.dataplane.upstream.Host;
import io.signalbox.routing.Decision;
import io.signalbox.routing.Forwarding.Mirror;
import io.signalbox.routing.Forwarding.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The clusters that get copies of one request. Envoy: {@code request_mirror_policies}. */
final class Mirrors {
    private static final String SHADOW = "-shadow";

    private final Exchange exchange;
    private final Decision.Forward forward;
    private final List<Mirror> chosen;

    private Mirrors(Exchange exchange, Decision.Forward forward, List<Mirror> chosen) {
        this.exchange = exchange;
        this.forward = forward;
        this.chosen = chosen;
    }

    static Mirrors of(Exchange exchange, Decision.Forward forward) {
        List<Mirror> all = forward.forwarding().mirrors();
        if (all.isEmpty()) {
            return new Mirrors(exchange, forward, List.of());
        }
        List<Mirror> chosen = new ArrayList<>(all.size());
        for (Mirror mirror : all) {
            if (mirror.takes(exchange.serving().random().next())) {
                chosen.add(mirror);
            }
        }
        return new Mirrors(exchange, forward, chosen);
    }

    boolean isEmpty() {
        return chosen.isEmpty();
    }

    /** @param headers of the request as it is sent, before a try adds what is its own */
    void send(HttpHeaders headers, ReplayBuffer body) {
        for (Mirror mirror : chosen) {
            Cluster cluster = exchange.snapshot().clusters().get(name(mirror.cluster()));
            if (cluster != null) {
                cluster.pick(forward.subset(), forward.forwarding().hash().hash(exchange.request()))
                        .ifPresent(host -> send(cluster, host, headers.copy(), body));
            }
        }
    }

    private String name(Target target) {
        if (target instanceof Target.Cluster cluster) {
            return cluster.name();
        }
        String header = ((Target.Header) target).lowerCaseName();
        return Optional.ofNullable(exchange.request().headers().get(header)).orElse("");
    }

    private void send(Cluster cluster, Host host, HttpHeaders headers, ReplayBuffer body) {
        boolean envoyHeaders = exchange.serving().config().envoyHeaders();
        HttpRequest head = UpstreamRequest.head(exchange.request(), headers, forward, host, envoyHeaders);
        head.headers().set(HeaderNames.HOST, shadow(head.headers().get(HeaderNames.HOST)));
        MirrorCopy.Target target = new MirrorCopy.Target(
                exchange.pool(),
                host,
                exchange.serving().stats().of(cluster.name()).requestTime());
        MirrorCopy.send(
                target,
                head,
                exchange.request().body() == RequestBody.NONE
                        ? List.of(LastHttpContent.EMPTY_LAST_CONTENT)
                        : body.copy(),
                forward.timeout(),
                exchange.executor());
    }

    /** The name tells log readers a copy from the real thing; a port stays where it was. */
    private static String shadow(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > 0 && colon > host.lastIndexOf(']');
        return port ? host.substring(0, colon) + SHADOW + host.substring(colon) : host + SHADOW;
    }
}
