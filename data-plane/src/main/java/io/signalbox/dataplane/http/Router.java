package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpContent;
import io.signalbox.dataplane.upstream.Cluster;
import io.signalbox.routing.Decision;
import org.jspecify.annotations.Nullable;

/** The end of every chain of filters: carries out what was decided. Confined to the exchange's event loop. */
final class Router {
    private final Exchange exchange;
    private @Nullable Forwarder forwarder;

    Router(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The request has come through the filters. */
    void start() {
        Decision decision = exchange.decision();
        if (decision instanceof Decision.Forward forward) {
            forward(forward);
        } else if (decision instanceof Decision.Redirect redirect) {
            if (redirect.path().isPresent() && exchange.serving().config().envoyHeaders()) {
                exchange.request()
                        .headers()
                        .set(HeaderNames.ORIGINAL_PATH, exchange.request().path());
            }
            reply(LocalReply.location(redirect.status(), redirect.location()));
        } else if (decision instanceof Decision.Respond respond) {
            reply(respond(respond));
        } else {
            reply(LocalReply.of(404).because("NR"));
        }
    }

    /** Envoy gives 201 and 3xx answers the request's own URL as location. */
    private LocalReply respond(Decision.Respond respond) {
        int status = respond.status();
        boolean located = status == 201 || status >= 300 && status < 400;
        RequestHead request = exchange.request();
        @Nullable String location = located ? request.scheme() + "://" + request.authority() + request.path() : null;
        if (respond.body().isPresent()) {
            return LocalReply.body(status, respond.body().get(), location);
        }
        return location == null ? LocalReply.of(status) : LocalReply.location(status, location);
    }

    private void forward(Decision.Forward forward) {
        Cluster cluster = exchange.snapshot().clusters().get(forward.cluster());
        if (cluster == null) {
            reply(LocalReply.of(forward.clusterNotFoundStatus()).because("NC"));
            return;
        }
        Forwarder starting = new Forwarder(exchange, forward, cluster);
        forwarder = starting;
        starting.start();
    }

    private void reply(LocalReply reply) {
        exchange.reply(reply.ofRoute());
    }

    /** Whether the request has come through the filters, and has the path and the host that it is sent with. */
    boolean hasRewritten() {
        return forwarder != null;
    }

    boolean isReadyForBody() {
        return forwarder != null && forwarder.isReadyForBody();
    }

    /** Takes over the buffer. */
    void body(HttpContent piece) {
        if (forwarder == null) {
            piece.release();
        } else {
            forwarder.body(piece);
        }
    }

    void flush() {
        if (forwarder != null) {
            forwarder.flush();
        }
    }

    void downstreamWritable() {
        if (forwarder != null) {
            forwarder.downstreamWritable();
        }
    }

    /** The exchange is over, or another has answered. */
    void end() {
        if (forwarder != null) {
            forwarder.end();
        }
    }
}
