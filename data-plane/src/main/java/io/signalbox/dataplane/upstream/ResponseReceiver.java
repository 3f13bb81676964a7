package io.signalbox.dataplane.upstream;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/** Who wants the response. All calls come on the exchange's event loop; none comes after the end or a failure. */
public interface ResponseReceiver {
    /** Once; never an interim (1xx) response. */
    void onHead(HttpResponse head);

    /** The receiver owns the buffer. A {@code LastHttpContent} is the end. */
    void onContent(HttpContent content);

    /** A burst of calls is over: time to flush. */
    void onBurstEnd();

    /** Whether the response should go on being read; if not, {@link UpstreamExchange#resume()} starts it again. */
    boolean isReady();

    /** The request body may flow, again or for the first time. */
    void onWritable();

    void onFailure(UpstreamFailure failure);
}
