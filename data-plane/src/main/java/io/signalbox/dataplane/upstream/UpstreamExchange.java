package io.signalbox.dataplane.upstream;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * One request to a host and its response. Confined to the event loop of its pool. Until the connection is up
 * {@link #isWritable()} is false; the receiver is told when the body may flow.
 */
public final class UpstreamExchange {
    private static final int GATEWAY_TIMEOUT = 504;

    private final ConnectionPool pool;
    private final Host host;
    private final HttpRequest head;
    private final ResponseReceiver receiver;
    private final Score score;
    private @Nullable UpstreamStream stream;
    private boolean requestSent;
    private boolean ended;

    private UpstreamExchange(ConnectionPool pool, Host host, HttpRequest head, ResponseReceiver receiver) {
        this.pool = pool;
        this.host = host;
        this.head = head;
        this.receiver = receiver;
        this.score = new Score(host.load());
    }

    /** Begins an exchange; may call the receiver before it returns. */
    public static UpstreamExchange start(ConnectionPool pool, Host host, HttpRequest head, ResponseReceiver receiver) {
        UpstreamExchange exchange = new UpstreamExchange(pool, host, head, receiver);
        host.requestStarted();
        pool.connect(exchange);
        return exchange;
    }

    public boolean isWritable() {
        return stream != null && !ended && stream.isWritable();
    }

    /** Sends a piece of the request body and takes over its buffer. */
    public void write(HttpContent content) {
        if (stream == null || ended) {
            content.release();
            return;
        }
        if (content instanceof LastHttpContent) {
            requestSent = true;
        }
        stream.write(content);
    }

    public void flush() {
        if (stream != null && !ended) {
            stream.flush();
        }
    }

    /** The receiver can take more. */
    public void resume() {
        if (stream != null && !ended) {
            stream.read();
        }
    }

    /** The answer did not come in time; to be cancelled, too. */
    public void timedOut() {
        host.answered(GATEWAY_TIMEOUT);
        if (stream != null) {
            score.failed();
        }
    }

    /** Its answer is not what the client gets, as another try is made; to be cancelled, too. */
    public void rejected() {
        if (stream != null) {
            score.failed();
        }
    }

    /** Its answer is none to what was asked, and counts neither way; to be cancelled, too. */
    public void disregard() {
        score.disregard();
    }

    /** Gives the exchange up; the receiver hears nothing more. */
    public void cancel() {
        if (ended) {
            return;
        }
        ended();
        if (stream != null) {
            stream.abandon();
        } else {
            pool.stopWaiting(this);
        }
    }

    void connected(HostConnection connection) {
        host.load().started();
        stream = connection.start(this);
        stream.read();
        receiver.onWritable();
    }

    /** Whether the host gets bytes and no HTTP: those of a tunnel. */
    boolean isTunnel() {
        return head.method().equals(HttpMethod.CONNECT);
    }

    HttpRequest head() {
        return head;
    }

    /** There is a connection, but one request too many: as in Envoy it counts as dropped and as an error of the host. */
    void refused() {
        score.failed();
        connectFailed(UpstreamFailure.OVERFLOW);
    }

    void connectFailed(UpstreamFailure failure) {
        if (!ended) {
            if (failure == UpstreamFailure.OVERFLOW) {
                host.transport().usage().dropped();
            } else {
                host.answered(failure.standsFor());
                score.failed();
            }
            ended();
            receiver.onFailure(failure);
        }
    }

    /**
     * The head of the final answer is there.
     *
     * @param isWhole whether nothing comes after it
     */
    void answered(HttpResponse response, boolean isWhole) {
        host.answered(response.status().code());
        receiver.onHead(response);
        score.head(response, isWhole, GrpcCalls.isCall(head.headers()));
    }

    /** The answer is whole. */
    void answeredWhole(LastHttpContent last) {
        score.end(last.trailingHeaders());
        ended();
    }

    /** The connection or the stream broke before the answer was whole. */
    void broken(UpstreamFailure failure) {
        score.failed();
        ended();
        receiver.onFailure(failure);
    }

    Host host() {
        return host;
    }

    ResponseReceiver receiver() {
        return receiver;
    }

    boolean requestSent() {
        return requestSent;
    }

    boolean wantsMore() {
        return !ended && receiver.isReady();
    }

    void ended() {
        if (!ended) {
            ended = true;
            host.requestEnded();
            if (stream != null) {
                host.transport().usage().endRequest();
                host.load().ended();
            }
        }
    }
}
