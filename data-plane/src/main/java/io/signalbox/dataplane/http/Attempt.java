package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.signalbox.dataplane.upstream.ConnectionPool;
import io.signalbox.dataplane.upstream.Host;
import io.signalbox.dataplane.upstream.ResponseReceiver;
import io.signalbox.dataplane.upstream.UpstreamExchange;
import io.signalbox.dataplane.upstream.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/** One try to have a request answered by a host. What comes after it was given up is dropped. */
final class Attempt implements ResponseReceiver {
    private final Forwarder forwarder;
    private @Nullable UpstreamExchange upstream;
    private boolean over;

    Attempt(Forwarder forwarder) {
        this.forwarder = forwarder;
    }

    /** May call the forwarder before it returns. */
    void start(ConnectionPool pool, Host host, HttpRequest head) {
        UpstreamExchange started = UpstreamExchange.start(pool, host, head, this);
        if (!over) {
            upstream = started;
            onWritable();
        }
    }

    boolean isWritable() {
        return upstream != null && upstream.isWritable();
    }

    /** Takes over the buffer. */
    void write(HttpContent piece) {
        if (upstream == null) {
            piece.release();
        } else {
            upstream.write(piece);
        }
    }

    void flush() {
        if (upstream != null) {
            upstream.flush();
        }
    }

    /** The client can take more of the response. */
    void resume() {
        if (upstream != null) {
            upstream.resume();
        }
    }

    void timedOut() {
        if (upstream != null) {
            upstream.timedOut();
        }
    }

    void rejected() {
        if (upstream != null) {
            upstream.rejected();
        }
    }

    void disregard() {
        if (upstream != null) {
            upstream.disregard();
        }
    }

    void cancel() {
        over = true;
        if (upstream != null) {
            upstream.cancel();
            upstream = null;
        }
    }

    @Override
    public void onHead(HttpResponse head) {
        if (!over) {
            forwarder.onHead(head);
        }
    }

    @Override
    public void onContent(HttpContent content) {
        if (over) {
            content.release();
        } else {
            forwarder.onContent(content);
        }
    }

    @Override
    public void onBurstEnd() {
        if (!over) {
            forwarder.onBurstEnd();
        }
    }

    @Override
    public boolean isReady() {
        return over || forwarder.isReadyForResponse();
    }

    @Override
    public void onWritable() {
        if (isWritable()) {
            forwarder.onWritable();
        }
    }

    @Override
    public void onFailure(UpstreamFailure failure) {
        upstream = null;
        if (!over) {
            over = true;
            forwarder.onFailure(failure);
        }
    }
}
