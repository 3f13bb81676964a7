package io.signalbox.dataplane.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import io.signalbox.dataplane.upstream.Host;
import io.signalbox.dataplane.upstream.ResponseReceiver;
import io.signalbox.dataplane.upstream.UpstreamExchange;
import io.signalbox.dataplane.upstream.UpstreamFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request without a body that the proxy makes itself, whose answer it reads whole. Confined to the event loop of the
 * exchange that it is made for. Envoy: {@code AsyncClient}.
 */
final class Question implements ResponseReceiver {
    /** Longer answers count as none. Envoy: {@code http.async_response_buffer_limit}. */
    private static final int MOST_BYTES = 32 * 1024 * 1024;

    /** @param headers without those of the connection that it came on */
    record Answer(int status, HttpHeaders headers, byte[] body) {}

    private final Consumer<Optional<Answer>> asker;
    private final CompositeByteBuf body = Unpooled.compositeBuffer(Integer.MAX_VALUE);
    private final long startNanos = System.nanoTime();
    private @Nullable UpstreamExchange upstream;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable HttpResponse head;
    private boolean sent;
    private boolean over;

    /** @param asker told once, with nothing if no answer comes; never after it has cancelled */
    Question(Consumer<Optional<Answer>> asker) {
        this.asker = asker;
    }

    /**
     * May tell the asker before it returns.
     *
     * @param timeout zero for none
     */
    void ask(FilterContext context, Host host, HttpRequest request, Duration timeout) {
        UpstreamExchange started = UpstreamExchange.start(context.pool(), host, request, this);
        if (over) {
            return;
        }
        upstream = started;
        if (!timeout.isZero()) {
            timer = context.executor().schedule(this::timedOut, timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
        onWritable();
    }

    private void timedOut() {
        if (upstream != null) {
            upstream.timedOut();
        }
        giveUp();
    }

    private void giveUp() {
        cancel();
        asker.accept(Optional.empty());
    }

    void cancel() {
        UpstreamExchange current = upstream;
        end();
        if (current != null) {
            current.cancel();
        }
    }

    private void end() {
        over = true;
        upstream = null;
        body.release();
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void onWritable() {
        if (upstream != null && upstream.isWritable() && !sent) {
            sent = true;
            upstream.write(LastHttpContent.EMPTY_LAST_CONTENT);
            upstream.flush();
        }
    }

    @Override
    public void onHead(HttpResponse response) {
        head = response;
    }

    @Override
    public void onContent(HttpContent content) {
        if (over) {
            content.release();
            return;
        }
        boolean last = content instanceof LastHttpContent;
        ByteBuf piece = content.content();
        if (piece.readableBytes() > MOST_BYTES - body.readableBytes()) {
            content.release();
            giveUp();
            return;
        }
        body.addComponent(true, piece);
        if (last && head != null) {
            finish(head);
        }
    }

    private void finish(HttpResponse response) {
        byte[] bytes = ByteBufUtil.getBytes(body);
        end();
        HttpHeaders headers = HopByHop.strip(response.headers(), false);
        headers.set(
                HeaderNames.SERVICE_TIME, Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos)));
        asker.accept(Optional.of(new Answer(response.status().code(), headers, bytes)));
    }

    @Override
    public void onBurstEnd() {
        // It is read to its end first.
    }

    @Override
    public boolean isReady() {
        return !over;
    }

    @Override
    public void onFailure(UpstreamFailure failure) {
        if (!over) {
            end();
            asker.accept(Optional.empty());
        }
    }
}
