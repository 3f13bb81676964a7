package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;

/**
 * Knows whether it answers a HEAD, whose response has the headers of a body but no body, or a CONNECT, whose success begins a
 * tunnel.
 */
final class ResponseEncoder extends HttpResponseEncoder {
    private boolean answersHead;
    private boolean answersConnect;

    void answersHead(boolean answersHead) {
        this.answersHead = answersHead;
    }

    void answersConnect(boolean answersConnect) {
        this.answersConnect = answersConnect;
    }

    /** Whether what follows this head is no HTTP. */
    boolean beginsTunnel(ResponseHead head) {
        return head.code() == ResponseRules.SWITCHING_PROTOCOLS
                || answersConnect && head.status().codeClass() == HttpStatusClass.SUCCESS;
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
