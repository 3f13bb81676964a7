package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import io.signalbox.dataplane.upstream.Cluster;
import io.signalbox.dataplane.upstream.Host;
import io.signalbox.dataplane.upstream.UpstreamFailure;
import io.signalbox.routing.Decision;
import io.signalbox.routing.HashPolicies;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has one request answered by a cluster, in one try or several. Confined to the exchange's event loop. */
final class Forwarder {
    private final Exchange exchange;
    private final RequestHead request;
    private final Decision.Forward forward;
    private final Cluster cluster;
    private final Duration timeout;
    private final @Nullable RetryState retries;
    private final Mirrors mirrors;
    /** Null where the body is sent once only. */
    private final @Nullable ReplayBuffer replay;

    private final Set<Host> tried = new HashSet<>(0);
    private final Deadline deadline;
    private final CountedApart count;
    /** As the filters and the route left them, before a try adds what is its own. */
    private @Nullable HttpHeaders headers;

    private OptionalLong hash = OptionalLong.empty();
    private List<String> setCookies = List.of();
    private @Nullable Attempt attempt;
    private @Nullable ScheduledFuture<?> perTryTimer;
    private @Nullable ScheduledFuture<?> backOff;
    private int replayed;
    private boolean bodyEnded;
    private long requestEndedNanos;
    private boolean emptyBodySent;
    private boolean responseStarted;
    private boolean retryCounts;
    private boolean triedAgain;

    private boolean tunnel;

    Forwarder(Exchange exchange, Decision.Forward forward, Cluster cluster) {
        this.exchange = exchange;
        this.request = exchange.request();
        this.forward = forward;
        this.cluster = cluster;
        this.timeout = forward.timeout();
        this.retries = forward.forwarding().retries().map(RetryState::new).orElse(null);
        this.mirrors = Mirrors.of(exchange, forward);
        this.replay = retries != null || !mirrors.isEmpty() ? new ReplayBuffer(exchange.keptBytes()) : null;
        this.deadline = new Deadline(timeout);
        this.count =
                CountedApart.of(request.headers(), exchange.serving().stats().of(cluster.name()));
        this.bodyEnded = request.body() == RequestBody.NONE;
    }

    void start() {
        if (UpstreamRequest.asksForWebSocket(request)) {
            // The others have no end, from which Envoy would count.
            deadline.start(exchange.executor(), this::timedOut);
        }
        expectTimeout(timeout);
        RouteHeaders.changeRequest(exchange, forward.requestHeaders());
        UpstreamRequest.rewrite(request, forward, exchange.serving().config().envoyHeaders());
        if (retries != null) {
            retries.admit(request);
        }
        HashPolicies policies = forward.forwarding().hash();
        hash = policies.hash(request);
        Optional<Host> host = cluster.pick(forward.subset(), hash);
        if (host.isEmpty()) {
            replyNoHealthyHost();
            return;
        }
        setCookies = cluster.choosesByHash() ? policies.generatedCookies(request) : List.of();
        if (replay != null) {
            headers = request.headers().copy();
        }
        if (bodyEnded) {
            requestEnded();
        }
        attempt(host.get(), request.headers());
    }

    /** What a try may take is told to the server, which can save itself work that comes too late. */
    private void expectTimeout(Duration left) {
        if (!exchange.serving().config().envoyHeaders()) {
            return;
        }
        Duration ofTry = retries == null
                ? Duration.ZERO
                : retries.policy().perTryTimeout().orElse(Duration.ZERO);
        Duration expected = ofTry.isZero() || !left.isZero() && left.compareTo(ofTry) < 0 ? left : ofTry;
        if (!expected.isZero()) {
            request.headers().set(HeaderNames.EXPECTED_TIMEOUT, Long.toString(Math.max(1, expected.toMillis())));
        }
    }

    private void attempt(Host host, HttpHeaders with) {
        if (retries != null && retries.policy().otherHosts()) {
            tried.add(host);
        }
        exchange.tally().asked(host.address());
        replayed = 0;
        emptyBodySent = false;
        Attempt next = new Attempt(this);
        attempt = next;
        boolean envoyHeaders = exchange.serving().config().envoyHeaders();
        next.start(exchange.pool(), host, UpstreamRequest.head(request, with, forward, host, envoyHeaders));
    }

    private void replyNoHealthyHost() {
        count.answered(503);
        exchange.reply(LocalReply.text(503, "no healthy upstream").because("UH").ofRoute());
    }

    boolean isReadyForBody() {
        return attempt != null && attempt.isWritable() && !holdsBack() && (replay == null || replayed == replay.size());
    }

    /** A server that has not agreed to a tunnel would take what is meant for it for another request. */
    private boolean holdsBack() {
        return request.upgrade() && !tunnel;
    }

    /** Takes over the buffer. */
    void body(HttpContent piece) {
        if (attempt == null) {
            piece.release();
            return;
        }
        if (replay != null) {
            replay.add(piece);
            replayed = replay.size();
        }
        boolean last = piece instanceof LastHttpContent;
        attempt.write(piece);
        if (last) {
            bodyEnded = true;
            requestEnded();
        }
    }

    private void requestEnded() {
        requestEndedNanos = System.nanoTime();
        deadline.start(exchange.executor(), this::timedOut);
        if (replay != null && !mirrors.isEmpty() && replay.isWhole() && headers != null) {
            mirrors.send(headers, replay);
        }
        startPerTryTimer();
    }

    private void startPerTryTimer() {
        if (retries == null || retries.policy().perTryTimeout().isEmpty()) {
            return;
        }
        long nanos = retries.policy().perTryTimeout().get().toNanos();
        if (nanos > 0) {
            perTryTimer = exchange.executor().schedule(this::tryTimedOut, nanos, TimeUnit.NANOSECONDS);
        }
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

    private void timedOut() {
        if (attempt != null) {
            attempt.timedOut();
        }
        abortTooSlow();
    }

    private void abortTooSlow() {
        if (!responseStarted) {
            count.answered(504);
        }
        exchange.abort(
                LocalReply.text(504, "upstream request timeout").because("UT").ofRoute());
    }

    private void tryTimedOut() {
        perTryTimer = null;
        Attempt slow = attempt;
        if (slow == null || responseStarted) {
            return;
        }
        slow.timedOut();
        if (retries != null && retries.isForSlowTries() && tryAgain()) {
            return;
        }
        abortTooSlow();
    }

    /** The exchange is over, or another has answered. */
    void end() {
        deadline.cancel();
        cancel(perTryTimer);
        cancel(backOff);
        endTry();
        endRetry();
        if (replay != null) {
            replay.drop();
        }
    }

    private void endTry() {
        if (attempt != null) {
            attempt.cancel();
            attempt = null;
        }
    }

    private static void cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Whether another try will be made; the one under way is given up then. */
    private boolean tryAgain() {
        endRetry();
        RetryState state = retries;
        if (state == null || replay == null || !replay.isWhole() || responseStarted) {
            return false;
        }
        if (!state.take()) {
            exchange.tally().flag("URX");
            return false;
        }
        if (!cluster.startRetry()) {
            exchange.tally().flag("UO");
            return false;
        }
        retryCounts = true;
        cancel(perTryTimer);
        perTryTimer = null;
        if (attempt != null) {
            attempt.rejected();
        }
        endTry();
        Duration wait = state.wait(exchange.serving().random());
        backOff = exchange.executor().schedule(this::again, wait.toNanos(), TimeUnit.NANOSECONDS);
        return true;
    }

    private void endRetry() {
        if (retryCounts) {
            retryCounts = false;
            cluster.endRetry();
        }
    }

    private void again() {
        backOff = null;
        HttpHeaders before = headers;
        Optional<Host> host = pickAnother();
        if (host.isEmpty() || before == null) {
            replyNoHealthyHost();
            return;
        }
        triedAgain = true;
        request.headers().set(before);
        expectTimeout(deadline.left());
        attempt(host.get(), request.headers());
        if (bodyEnded) {
            startPerTryTimer();
        }
    }

    /** Draws some times for a host that was not tried; the last one drawn is taken, tried or not. */
    private Optional<Host> pickAnother() {
        Optional<Host> host = cluster.pick(forward.subset(), hash);
        if (retries != null && retries.policy().otherHosts()) {
            for (long i = 0;
                    i < retries.policy().hostAttempts()
                            && host.filter(tried::contains).isPresent();
                    i++) {
                host = cluster.pick(forward.subset(), hash);
            }
        }
        return host;
    }

    void onHead(HttpResponse head) {
        if (retries != null && retries.isFor(head) && tryAgain()) {
            return;
        }
        cancel(perTryTimer);
        responseStarted = true;
        setCookies.forEach(line -> head.headers().add(HeaderNames.SET_COOKIE, line));
        if (UpstreamResponse.leavesUpgradeOut(request, head) && attempt != null) {
            attempt.disregard();
            attempt.cancel();
            attempt = null;
            exchange.respondAlone(UpstreamResponse.head(request, head));
            exchange.respond(LastHttpContent.EMPTY_LAST_CONTENT);
            return;
        }
        count.answered(head.status().code());
        tunnel = request.upgrade() && UpstreamResponse.opensTunnel(request, head);
        exchange.respond(UpstreamResponse.head(request, head));
        if (tunnel) {
            deadline.cancel();
            exchange.wantBody();
            flush();
        }
    }

    void onContent(HttpContent content) {
        if (content instanceof LastHttpContent && bodyEnded) {
            count.took(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - requestEndedNanos));
        }
        exchange.respond(content);
    }

    void onBurstEnd() {
        exchange.flush();
    }

    boolean isReadyForResponse() {
        return exchange.isWritable();
    }

    void onWritable() {
        Attempt current = attempt;
        if (current == null) {
            return;
        }
        if (request.body() == RequestBody.NONE) {
            if (!emptyBodySent) {
                emptyBodySent = true;
                current.write(LastHttpContent.EMPTY_LAST_CONTENT);
            }
        } else {
            while (replay != null && replayed < replay.size() && current.isWritable()) {
                current.write(replay.piece(replayed++));
            }
            exchange.wantBody();
        }
        flush();
    }

    void onFailure(UpstreamFailure failure) {
        attempt = null;
        if (responseStarted) {
            exchange.breakOff(failure.flag());
            return;
        }
        if (retries != null && retries.isFor(failure) && tryAgain()) {
            return;
        }
        int status = failure == UpstreamFailure.PROTOCOL_ERROR ? 502 : 503;
        count.answered(status);
        LocalReply reply = LocalReply.text(
                status,
                "upstream connect error or disconnect/reset before headers. "
                        + (triedAgain ? "retried and the latest reset reason: " : "reset reason: ")
                        + failure.phrase());
        boolean overloaded = failure == UpstreamFailure.OVERFLOW
                && exchange.serving().config().envoyHeaders();
        exchange.replyAtEnd((overloaded ? reply.with(HeaderNames.OVERLOADED) : reply)
                .because(failure.flag())
                .ofRoute());
    }
}
