package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.util.concurrent.EventExecutor;
import io.signalbox.dataplane.upstream.ConnectionPool;

/**
 * The client's side of one exchange: an HTTP/1.1 connection, or one stream of HTTP/2. It frames messages in its protocol's
 * way and gives the exchange the request's body piece by piece, as far as {@link Exchange#isReadyForBody()}. Confined to
 * its event loop, on which the exchange lives, too.
 */
interface Downstream {
    ServingContext context();

    /** {@code HTTP/1.1} or {@code HTTP/2}. */
    String protocol();

    /** Upstream connections of this event loop. */
    ConnectionPool pool();

    EventExecutor executor();

    ResponseRules responseRules();

    /** Whether this connection is to end with the response under way. */
    boolean isDraining();

    /** Tells the client, which waits for it, that the body may come. */
    void sendContinue();

    /** @param closes whether the client is to be told that nothing will come after this response */
    void writeHead(ResponseHead head, boolean closes);

    /** Takes over the buffer. A {@code LastHttpContent} is the end, also of a response that has no body. */
    void writeBody(HttpContent piece);

    void flush();

    boolean isWritable();

    /** Gives the exchange what has come of the body, as far as it takes it. */
    void pump();

    /** Whether the request has arrived to its end; drops what is left of it. */
    boolean dropRequest();

    /** The response has been written to its end. */
    void finished(boolean closes, boolean requestEnded);

    /** The response cannot be brought to its end. */
    void reset();
}
