package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.signalbox.dataplane.stats.Histogram;
import io.signalbox.dataplane.upstream.ConnectionPool;
import io.signalbox.dataplane.upstream.Host;
import io.signalbox.dataplane.upstream.ResponseReceiver;
import io.signalbox.dataplane.upstream.UpstreamExchange;
import io.signalbox.dataplane.upstream.UpstreamFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a request whose answer nobody waits for; it outlives the exchange it is a copy of. Confined to its event loop.
 * Envoy: {@code RequestMirrorPolicy}.
 */
final class MirrorCopy implements ResponseReceiver {
    private final Deque<HttpContent> body;
    private final Histogram time;
    private final long startNanos = System.nanoTime();
    private @Nullable UpstreamExchange upstream;
    private @Nullable ScheduledFuture<?> timer;
    private boolean over;

    private MirrorCopy(List<HttpContent> body, Histogram time) {
        this.body = new ArrayDeque<>(body);
        this.time = time;
    }

    /** @param time takes how long the answer takes, if it comes whole */
    record Target(ConnectionPool pool, Host host, Histogram time) {}

    /**
     * Sends a copy.
     *
     * @param body whole; takes over its buffers
     * @param timeout zero for none
     */
    static void send(
            Target target, HttpRequest head, List<HttpContent> body, Duration timeout, EventExecutor executor) {
        MirrorCopy copy = new MirrorCopy(body, target.time);
        UpstreamExchange started = UpstreamExchange.start(target.pool, target.host, head, copy);
        if (copy.over) {
            return;
        }
        copy.upstream = started;
        if (!timeout.isZero()) {
            copy.timer = executor.schedule(copy::giveUp, timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
        copy.onWritable();
    }

    private void giveUp() {
        UpstreamExchange current = upstream;
        end();
        if (current != null) {
            current.timedOut();
            current.cancel();
        }
    }

    private void end() {
        over = true;
        upstream = null;
        body.forEach(HttpContent::release);
        body.clear();
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void onWritable() {
        UpstreamExchange current = upstream;
        while (current != null && current.isWritable() && !body.isEmpty()) {
            current.write(body.remove());
        }
        if (current != null) {
            current.flush();
        }
    }

    @Override
    public void onHead(HttpResponse head) {
        // Whatever it says.
    }

    @Override
    public void onContent(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        content.release();
        if (last) {
            time.record(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
            end();
        }
    }

    @Override
    public void onBurstEnd() {
        // Nothing is passed on.
    }

    @Override
    public boolean isReady() {
        return !over;
    }

    @Override
    public void onFailure(UpstreamFailure failure) {
        end();
    }
}
