package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import io.signalbox.dataplane.state.Snapshot;
import io.signalbox.dataplane.upstream.Cluster;
import io.signalbox.dataplane.upstream.Host;
import io.signalbox.dataplane.upstream.ResponseReceiver;
import io.signalbox.dataplane.upstream.UpstreamExchange;
import io.signalbox.dataplane.upstream.UpstreamFailure;
import io.signalbox.routing.Decision;
import io.signalbox.routing.HashPolicies;
import io.signalbox.routing.RouteTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request and its response. Confined to the connection's event loop. */
final class Exchange implements ResponseReceiver {
    /** Requests whose lack of a body need not be said. */
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE", "TRACE", "CONNECT");

    private final HttpConnection connection;
    private @Nullable RequestHead request;
    private @Nullable UpstreamExchange upstream;
    private @Nullable ScheduledFuture<?> timer;
    private Duration timeout = Duration.ZERO;
    private @Nullable String requestId;
    private List<String> setCookies = List.of();
    private boolean isHead;
    private boolean requestEnded;
    private long requestEndedNanos;
    private boolean emptyBodySent;
    private boolean responseStarted;
    private boolean closes;
    private boolean ended;

    Exchange(HttpConnection connection) {
        this.connection = connection;
    }

    boolean isRequestEnded() {
        return requestEnded;
    }

    /** Answers a request that is not routed. */
    void refuse(LocalReply reply, HttpRequest refused) {
        isHead = refused.method().name().equals("HEAD") && reply.body() == null;
        requestId = refused.headers().get(HeaderNames.REQUEST_ID);
        if (!refused.decoderResult().isFailure() && RequestBody.of(refused.headers()) == RequestBody.NONE) {
            requestEnded();
        }
        reply(reply);
    }

    void begin(RequestHead request) {
        this.request = request;
        requestId = request.headers().get(HeaderNames.REQUEST_ID);
        isHead = request.method().equals("HEAD");
        if (request.expectsContinue()) {
            connection.sendContinue();
        }
        if (request.body() == RequestBody.NONE) {
            requestEnded();
        }
        Snapshot snapshot = connection.context().snapshot().get();
        RouteTable routes = connection.context().routes(snapshot);
        Decision decision = routes == null
                ? new Decision.NoVirtualHost()
                : routes.decide(request, connection.context().random());
        boolean routed = !(decision instanceof Decision.NoVirtualHost || decision instanceof Decision.NoRoute);
        if (request.upgrade() && routed) {
            // No listener allows any; where no route is, Envoy does not get as far as to say so.
            reply(LocalReply.of(403));
        } else if (decision instanceof Decision.Forward forward) {
            forward(request, forward, snapshot);
        } else if (decision instanceof Decision.Redirect redirect) {
            reply(LocalReply.location(redirect.status(), redirect.location()));
        } else if (decision instanceof Decision.Respond respond) {
            reply(respond(request, respond));
        } else {
            reply(LocalReply.of(404));
        }
    }

    /** Envoy gives 201 and 3xx answers the request's own URL as location. */
    private static LocalReply respond(RequestHead request, Decision.Respond respond) {
        int status = respond.status();
        boolean located = status == 201 || status >= 300 && status < 400;
        String location = located ? request.scheme() + "://" + request.authority() + request.path() : null;
        return respond.body().isPresent()
                ? LocalReply.body(status, respond.body().get(), location)
                : new LocalReply(status, null, location, null, false);
    }

    private void forward(RequestHead request, Decision.Forward forward, Snapshot snapshot) {
        Cluster cluster = snapshot.clusters().get(forward.cluster());
        if (cluster == null) {
            reply(LocalReply.of(forward.clusterNotFoundStatus()));
            return;
        }
        HashPolicies hash = forward.forwarding().hash();
        Optional<Host> host = cluster.pick(hash.hash(request));
        if (host.isEmpty()) {
            reply(LocalReply.text(503, "no healthy upstream"));
            return;
        }
        setCookies = cluster.choosesByHash() ? hash.generatedCookies(request) : List.of();
        timeout = forward.timeout();
        if (requestEnded) {
            startTimer();
        }
        HttpRequest head = upstreamHead(request, forward);
        upstream = UpstreamExchange.start(connection.pool(), host.get(), head, this);
        if (ended) {
            // It failed before it gave itself to us.
            upstream = null;
        } else if (upstream.isWritable()) {
            onWritable();
            flushRequest();
        }
    }

    private HttpRequest upstreamHead(RequestHead request, Decision.Forward forward) {
        HttpHeaders headers = request.headers();
        boolean envoyHeaders = connection.context().config().envoyHeaders();
        if (envoyHeaders && !timeout.isZero()) {
            headers.set(HeaderNames.EXPECTED_TIMEOUT, Long.toString(timeout.toMillis()));
        }
        if (forward.authority().isPresent()) {
            headers.set(HeaderNames.HOST, forward.authority().get());
            if (envoyHeaders) {
                headers.set(HeaderNames.ORIGINAL_HOST, request.authority());
            }
        }
        if (forward.path().isPresent() && envoyHeaders) {
            headers.set(HeaderNames.ORIGINAL_PATH, request.path());
        }
        if (request.body() == RequestBody.CHUNKED) {
            headers.set(HeaderNames.TRANSFER_ENCODING, HeaderNames.CHUNKED);
        } else if (request.body() == RequestBody.NONE
                && !headers.contains(HeaderNames.CONTENT_LENGTH)
                && !BODILESS.contains(request.method())) {
            headers.set(HeaderNames.CONTENT_LENGTH, "0");
        }
        return new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, request.verb(), forward.path().orElse(request.path()), headers);
    }

    boolean isReadyForBody() {
        return upstream != null && upstream.isWritable();
    }

    /** Passes a piece of the request body on. */
    void body(HttpContent content) {
        UpstreamExchange to = upstream;
        if (to == null) {
            content.release();
            return;
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            if (responseStarted) {
                connection.close();
            } else {
                reply(ProtocolCheck.badRequest());
            }
        } else if (content instanceof LastHttpContent last) {
            requestEnded();
            startTimer();
            to.write(withoutTrailers(last));
        } else {
            to.write(content);
        }
    }

    /** Envoy's HTTP/1 codec drops trailers. */
    private static LastHttpContent withoutTrailers(LastHttpContent last) {
        if (last.trailingHeaders().isEmpty()) {
            return last;
        }
        return new DefaultLastHttpContent(last.content());
    }

    void flushRequest() {
        if (upstream != null) {
            upstream.flush();
        }
    }

    void downstreamWritable() {
        if (upstream != null) {
            upstream.resume();
        }
    }

    private void requestEnded() {
        requestEnded = true;
        requestEndedNanos = System.nanoTime();
    }

    private void startTimer() {
        if (!timeout.isZero()) {
            timer = connection
                    .channelContext()
                    .executor()
                    .schedule(this::timedOut, timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void timedOut() {
        if (upstream != null) {
            upstream.timedOut();
        }
        abort(LocalReply.text(504, "upstream request timeout"));
    }

    /** Nothing has moved for too long. */
    void idle() {
        abort(LocalReply.text(requestEnded ? 504 : 408, "stream timeout"));
    }

    private void abort(LocalReply reply) {
        if (ended) {
            return;
        }
        cancelUpstream();
        if (responseStarted) {
            connection.close();
        } else {
            reply(reply);
        }
    }

    /** The client has gone. */
    void cancel() {
        ended = true;
        stopTimer();
        cancelUpstream();
    }

    private void cancelUpstream() {
        UpstreamExchange current = upstream;
        upstream = null;
        if (current != null) {
            current.cancel();
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void reply(LocalReply reply) {
        // After a 400 of its own, even a configured one, Envoy does not trust the connection.
        closes = reply.closes() || reply.status() == 400 || !requestEnded || wantsClose();
        responseStarted = true;
        cancelUpstream();
        connection.write(connection.responseRules().local(reply, requestId, isHead, closes));
        end();
    }

    private boolean wantsClose() {
        return connection.isDraining() || request != null && request.closes();
    }

    private void end() {
        if (!ended) {
            ended = true;
            stopTimer();
            upstream = null;
            connection.finished(closes, requestEnded);
        }
    }

    @Override
    public void onHead(HttpResponse head) {
        if (ended) {
            return;
        }
        responseStarted = true;
        closes = wantsClose();
        setCookies.forEach(line -> head.headers().add(HeaderNames.SET_COOKIE, line));
        long millis = requestEnded ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - requestEndedNanos) : -1;
        connection.write(connection.responseRules().fromUpstream(head, requestId, millis, closes));
    }

    @Override
    public void onContent(HttpContent content) {
        if (ended) {
            content.release();
            return;
        }
        if (content instanceof LastHttpContent last) {
            connection.write(withoutTrailers(last));
            end();
        } else {
            connection.write(content);
        }
    }

    @Override
    public void onBurstEnd() {
        if (!ended) {
            connection.flush();
        }
    }

    @Override
    public boolean isReady() {
        return connection.isWritable();
    }

    @Override
    public void onWritable() {
        UpstreamExchange to = upstream;
        if (to == null) {
            return;
        }
        if (request != null && request.body() == RequestBody.NONE) {
            if (!emptyBodySent) {
                emptyBodySent = true;
                to.write(LastHttpContent.EMPTY_LAST_CONTENT);
                to.flush();
            }
            return;
        }
        connection.pump();
        to.flush();
    }

    @Override
    public void onFailure(UpstreamFailure failure) {
        if (ended) {
            return;
        }
        upstream = null;
        if (!requestEnded && connection.hasRequestEnd()) {
            requestEnded();
        }
        if (responseStarted) {
            ended = true;
            stopTimer();
            connection.flush();
            connection.close();
        } else {
            int status = failure == UpstreamFailure.PROTOCOL_ERROR ? 502 : 503;
            LocalReply reply = LocalReply.text(
                    status,
                    "upstream connect error or disconnect/reset before headers. reset reason: " + failure.phrase());
            boolean overloaded = failure == UpstreamFailure.OVERFLOW
                    && connection.context().config().envoyHeaders();
            reply(overloaded ? reply.with(HeaderNames.OVERLOADED) : reply);
        }
    }
}
