package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import io.signalbox.dataplane.upstream.Cluster;
import io.signalbox.dataplane.upstream.Host;
import io.signalbox.dataplane.upstream.UpstreamFailure;
import io.signalbox.routing.Decision;
import io.signalbox.routing.HashPolicies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The end of every chain of filters: carries out what was decided. Confined to the exchange's event loop. */
final class Router {
    private final Exchange exchange;
    private final RequestHead request;
    private @Nullable Attempt attempt;
    private @Nullable ScheduledFuture<?> timer;
    private Duration timeout = Duration.ZERO;
    private List<String> setCookies = List.of();
    private boolean emptyBodySent;
    private boolean responseStarted;

    Router(Exchange exchange) {
        this.exchange = exchange;
        this.request = exchange.request();
    }

    /** The request has come through the filters. */
    void start() {
        Decision decision = exchange.decision();
        if (decision instanceof Decision.Forward forward) {
            forward(forward);
        } else if (decision instanceof Decision.Redirect redirect) {
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
        boolean envoyHeaders = exchange.serving().config().envoyHeaders();
        if (envoyHeaders && !forward.timeout().isZero()) {
            request.headers()
                    .set(
                            HeaderNames.EXPECTED_TIMEOUT,
                            Long.toString(forward.timeout().toMillis()));
        }
        RouteHeaders.changeRequest(exchange, forward.requestHeaders());
        HashPolicies hash = forward.forwarding().hash();
        Optional<Host> host = cluster.pick(forward.subset(), hash.hash(request));
        if (host.isEmpty()) {
            reply(LocalReply.text(503, "no healthy upstream").because("UH"));
            return;
        }
        setCookies = cluster.choosesByHash() ? hash.generatedCookies(request) : List.of();
        timeout = forward.timeout();
        if (request.body() == RequestBody.NONE) {
            startTimer();
        }
        exchange.tally().asked(host.get().address());
        Attempt first = new Attempt(this);
        attempt = first;
        first.start(exchange.pool(), host.get(), UpstreamRequest.head(request, forward, host.get(), envoyHeaders));
    }

    private void reply(LocalReply reply) {
        exchange.reply(reply.ofRoute());
    }

    boolean isReadyForBody() {
        return attempt != null && attempt.isWritable();
    }

    /** Takes over the buffer. */
    void body(HttpContent piece) {
        if (attempt == null) {
            piece.release();
            return;
        }
        if (piece instanceof LastHttpContent) {
            startTimer();
        }
        attempt.write(piece);
    }

    void flush() {
        if (attempt != null) {
            attempt.flush();
        }
    }

    void downstreamWritable() {
        if (attempt != null) {
            attempt.resume();
        }
    }

    private void startTimer() {
        if (!timeout.isZero()) {
            timer = exchange.executor().schedule(this::timedOut, timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void timedOut() {
        if (attempt != null) {
            attempt.timedOut();
        }
        exchange.abort(
                LocalReply.text(504, "upstream request timeout").because("UT").ofRoute());
    }

    /** The exchange is over, or another has answered. */
    void end() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (attempt != null) {
            attempt.cancel();
            attempt = null;
        }
    }

    void onHead(HttpResponse head) {
        responseStarted = true;
        setCookies.forEach(line -> head.headers().add(HeaderNames.SET_COOKIE, line));
        exchange.respond(UpstreamResponse.head(request, head));
    }

    void onContent(HttpContent content) {
        exchange.respond(content);
    }

    void onBurstEnd() {
        exchange.flush();
    }

    boolean isReadyForResponse() {
        return exchange.isWritable();
    }

    void onWritable() {
        if (request.body() != RequestBody.NONE) {
            exchange.wantBody();
        } else if (attempt != null && !emptyBodySent) {
            emptyBodySent = true;
            attempt.write(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        flush();
    }

    void onFailure(UpstreamFailure failure) {
        attempt = null;
        if (responseStarted) {
            exchange.breakOff(failure.flag());
            return;
        }
        int status = failure == UpstreamFailure.PROTOCOL_ERROR ? 502 : 503;
        LocalReply reply = LocalReply.text(
                status, "upstream connect error or disconnect/reset before headers. reset reason: " + failure.phrase());
        boolean overloaded = failure == UpstreamFailure.OVERFLOW
                && exchange.serving().config().envoyHeaders();
        exchange.replyAtEnd((overloaded ? reply.with(HeaderNames.OVERLOADED) : reply)
                .because(failure.flag())
                .ofRoute());
    }
}
