package io.signalbox.dataplane.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.EventExecutor;
import io.signalbox.dataplane.state.Snapshot;
import io.signalbox.dataplane.upstream.ConnectionPool;
import io.signalbox.routing.Decision;
import io.signalbox.routing.RouteTable;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response: between the client's side, whichever protocol it speaks, and the chain of filters that ends
 * in the router. Confined to the event loop of the client's connection.
 */
final class Exchange implements FilterContext {
    private final Downstream downstream;
    private final RequestHead request;
    private final Snapshot snapshot;
    private final Decision decision;
    private final Router router;
    private final FilterChain filters;
    private final @Nullable String requestId;
    private final Instant startTime;
    private final Tally tally = new Tally();
    private @Nullable HttpHeaders responseHeaders;
    /** Null where the listener's limit holds, for which the connection has one timer. */
    private @Nullable IdleTimer idleTimer;

    private long keptBytes;
    private boolean requestEnded;
    private long requestEndedNanos;
    private boolean responseStarted;
    private boolean responseBodiless;
    private boolean closes;
    private boolean ended;
    /** Whether a call from downstream is under way. */
    private boolean inCall;

    Exchange(Downstream downstream, RequestHead request) {
        this.downstream = downstream;
        this.request = request;
        this.requestId = request.headers().get(HeaderNames.REQUEST_ID);
        this.startTime = downstream.context().date().now();
        this.snapshot = downstream.context().snapshot().get();
        this.decision = decide();
        this.keptBytes = downstream.context().config().bufferBytes();
        this.router = new Router(this);
        this.filters = FilterChain.open(downstream.context().config().filters(), this, router);
    }

    private Decision decide() {
        RouteTable routes = downstream.context().routes(snapshot);
        return routes == null
                ? new Decision.NoVirtualHost()
                : routes.decide(request, downstream.context().random());
    }

    void start() {
        if (request.expectsContinue()) {
            downstream.sendContinue();
        }
        if (request.body() == RequestBody.NONE) {
            requestEnded();
        }
        watchIdle();
        inCall = true;
        if (request.upgrade() && !mayUpgrade()) {
            reply(LocalReply.of(403));
        } else {
            filters.start();
        }
        inCall = false;
    }

    /** Where no route is, Envoy does not get as far as to say that there is no upgrade. */
    private boolean mayUpgrade() {
        if (decision instanceof Decision.Forward forward) {
            String protocol = isConnect()
                    ? "connect"
                    : request.headers().get(HttpHeaderNames.UPGRADE, "").toLowerCase(Locale.ROOT);
            return forward.forwarding().upgrades().getOrDefault(protocol, false);
        }
        return decision instanceof Decision.NoVirtualHost || decision instanceof Decision.NoRoute;
    }

    private boolean isConnect() {
        return request.verb().equals(HttpMethod.CONNECT);
    }

    boolean isRequestEnded() {
        return requestEnded;
    }

    private void requestEnded() {
        requestEnded = true;
        requestEndedNanos = System.nanoTime();
    }

    /** Whether the next piece of the request's body may come. */
    boolean isReadyForBody() {
        return filters.isReadyForBody();
    }

    /** Passes a piece of the request body on, whose buffer it takes over. */
    void body(HttpContent content) {
        if (ended) {
            content.release();
            return;
        }
        inCall = true;
        moved();
        tally.received(content.content().readableBytes());
        if (content.decoderResult().isFailure()) {
            content.release();
            abort(ProtocolCheck.badRequest().because("DPE"));
        } else {
            if (content instanceof LastHttpContent) {
                requestEnded();
            }
            filters.requestBody(content);
        }
        inCall = false;
    }

    /** A burst of body is over. */
    void flushRequest() {
        router.flush();
    }

    void downstreamWritable() {
        router.downstreamWritable();
    }

    /** Nothing has moved for longer than the listener allows. */
    void idle() {
        if (idleTimer == null) {
            rested();
        }
    }

    /** For requests of a route that has an idle timeout of its own. */
    private void watchIdle() {
        if (decision instanceof Decision.Forward forward) {
            forward.forwarding()
                    .idleTimeout()
                    .ifPresent(limit -> idleTimer = IdleTimer.start(executor(), limit, this::rested));
        }
    }

    private void moved() {
        if (idleTimer != null) {
            idleTimer.touch();
        }
    }

    private void stopWatching() {
        if (idleTimer != null) {
            idleTimer.stop();
        }
    }

    private void rested() {
        abort(LocalReply.text(requestEnded ? 504 : 408, "stream timeout").because("SI"));
    }

    /** The client has gone. */
    void cancel() {
        giveUp("DC");
    }

    /** @param reason in access logs */
    private void giveUp(String reason) {
        if (!ended) {
            ended = true;
            stopWatching();
            router.end();
            filters.end();
            log(reason);
        }
    }

    /** The router can take more of the body. */
    void wantBody() {
        filters.drain();
        downstream.pump();
    }

    boolean isWritable() {
        return downstream.isWritable();
    }

    void flush() {
        if (!ended) {
            downstream.flush();
        }
    }

    /** The head of the router's response. */
    void respond(ResponseHead head) {
        note(head);
        RouteHeaders.changeResponse(this, head.headers());
        write(head);
    }

    /**
     * The head of an answer whose body never comes. Envoy answers itself in the server's place: what the route changes are the
     * headers of its own answer, and the server's are added to them.
     */
    void respondAlone(ResponseHead head) {
        note(head);
        LocalReply reply = LocalReply.of(head.code());
        boolean grpc = GrpcStatus.isAskedFor(request.headers());
        write(ResponseRules.local(grpc ? reply.forGrpc(true) : reply, true, headers -> {
            RouteHeaders.changeResponse(this, headers);
            headers.add(head.headers());
        }));
    }

    private void note(ResponseHead head) {
        closes = wantsClose();
        if (serving().config().envoyHeaders() && requestEnded) {
            long nanos = System.nanoTime() - requestEndedNanos;
            head.headers().set(HeaderNames.SERVICE_TIME, Long.toString(TimeUnit.NANOSECONDS.toMillis(nanos)));
        }
    }

    private void write(ResponseHead head) {
        moved();
        responseStarted = true;
        responseBodiless = head.bodiless();
        filters.responseHead(head);
        downstream.responseRules().finish(head.headers(), requestId);
        tally.responded(head.code());
        responseHeaders = head.headers();
        downstream.writeHead(head, closes);
    }

    /** A piece of the response; the last one ends the exchange. */
    void respond(HttpContent piece) {
        moved();
        HttpContent sent = responseBodiless ? piece : filters.responseBody(piece);
        tally.sent(sent.content().readableBytes());
        downstream.writeBody(sent);
        if (piece instanceof LastHttpContent) {
            end();
        }
    }

    @Override
    public void reply(LocalReply reply) {
        if (ended) {
            return;
        }
        if (!inCall) {
            arriveAtEnd();
        }
        // After a 400 of its own, even a configured one, Envoy does not trust the connection.
        closes = reply.closes() || reply.status() == 400 || !requestEnded || wantsClose();
        tally.flag(reply.reason());
        router.end();
        send(
                GrpcStatus.isAskedFor(request.headers()) && !isConnect()
                        ? reply.forGrpc(request.method().equals("HEAD"))
                        : reply);
    }

    private void send(LocalReply reply) {
        boolean isHead = request.method().equals("HEAD");
        write(ResponseRules.local(reply, isHead, headers -> {
            // Of a route that forwards, whoever answers in its place; of others only what they answer themselves.
            if (reply.routed() || decision instanceof Decision.Forward) {
                RouteHeaders.changeResponse(this, headers);
            }
        }));
        respond(
                reply.body() == null || isHead
                        ? LastHttpContent.EMPTY_LAST_CONTENT
                        : new DefaultLastHttpContent(Unpooled.wrappedBuffer(reply.body())));
    }

    @Override
    public void answer(ResponseHead head) {
        if (ended) {
            return;
        }
        if (!inCall) {
            arriveAtEnd();
        }
        closes = !requestEnded || wantsClose();
        router.end();
        write(head);
        respond(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** Answers a request that nobody reads on: what has come of it by now counts as read. */
    void replyAtEnd(LocalReply reply) {
        if (!ended) {
            arriveAtEnd();
            reply(reply);
        }
    }

    private void arriveAtEnd() {
        if (!requestEnded && downstream.dropRequest()) {
            requestEnded();
        }
    }

    /** Answers, or breaks off if the response has begun. */
    void abort(LocalReply reply) {
        if (ended) {
            return;
        }
        if (responseStarted) {
            giveUp(reply.reason());
            downstream.reset();
        } else {
            reply(reply);
        }
    }

    /** The rest of the response will not come. */
    void breakOff(String reason) {
        giveUp(reason);
        downstream.flush();
        downstream.reset();
    }

    private boolean wantsClose() {
        return downstream.isDraining() || request.closes();
    }

    private void end() {
        ended = true;
        stopWatching();
        router.end();
        filters.end();
        log("");
        downstream.finished(closes, requestEnded);
    }

    @Override
    public void proceed() {
        if (!ended) {
            filters.proceed();
            wantBody();
            flushRequest();
        }
    }

    @Override
    public RequestHead request() {
        return request;
    }

    @Override
    public Decision decision() {
        return decision;
    }

    private void log(String flag) {
        AccessLog log = serving().log();
        if (!log.isOff()) {
            tally.flag(flag);
            log.write(RouteHeaders.ofWhole(this, Optional.ofNullable(responseHeaders), tally.outcome()));
        }
    }

    /** False as long as a filter may answer in place of the router, which rewrites path and host. */
    boolean hasRewritten() {
        return router.hasRewritten();
    }

    /** One that is gone by now is not known. */
    boolean hasCluster(Decision.Forward forward) {
        return snapshot.clusters().containsKey(forward.cluster());
    }

    Tally tally() {
        return tally;
    }

    /** When the request came. */
    Instant startTime() {
        return startTime;
    }

    @Override
    public String protocol() {
        return downstream.protocol();
    }

    @Override
    public void keepBody(long bytes) {
        keptBytes = bytes;
    }

    /** How much of the body may be kept to be sent again. */
    long keptBytes() {
        return keptBytes;
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public ServingContext serving() {
        return downstream.context();
    }

    @Override
    public ConnectionPool pool() {
        return downstream.pool();
    }

    @Override
    public EventExecutor executor() {
        return downstream.executor();
    }
}
