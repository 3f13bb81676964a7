package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Knows whether it answers a HEAD, whose response has the headers of a body but no body. */
final class ResponseEncoder extends HttpResponseEncoder {
    private boolean answersHead;

    void answersHead(boolean answersHead) {
        this.answersHead = answersHead;
    }

    boolean answersHead() {
        return answersHead;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        // After a change of protocols all that follows goes out as it is.
        boolean tunnel = response.status().code() == ResponseRules.SWITCHING_PROTOCOLS;
        return answersHead || !tunnel && super.isContentAlwaysEmpty(response);
    }

    /** Nothing to mend: {@link ResponseRules} wrote what Envoy would, also where Netty knows better (a HEAD answered 205). */
    @Override
    protected void sanitizeHeadersBeforeEncode(HttpResponse response, boolean isAlwaysEmpty) {}
}
