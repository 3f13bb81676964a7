package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpContent;

/**
 * What one filter of the listener does with one request and its response. Requests pass the filters in the order of the
 * chain, which ends in the router; responses, also those that a filter or the router itself gives, in the reverse order.
 * Confined to the exchange's event loop. Envoy: {@code http_filters}.
 */
interface StreamFilter {
    /** Lets everything pass. */
    StreamFilter NOTHING = new StreamFilter() {};

    /** What becomes of the request. */
    enum Next {
        /** It goes on to the next filter. */
        CONTINUE,
        /** It stays here, and its body where it is, until {@link FilterContext#proceed()} or a reply. */
        WAIT,
        /** It stays here with its body, which is shown to this filter as it comes, until the filter says otherwise. */
        COLLECT
    }

    /**
     * The head, which the filter may change or {@linkplain FilterContext#reply answer}; after an answer the result does not
     * matter.
     *
     * @param bodiless whether no body follows
     */
    default Next requestHead(RequestHead head, boolean bodiless) {
        return Next.CONTINUE;
    }

    /**
     * A piece of the body, which the filter may look at. Its result counts only as long as it collects.
     *
     * @param piece a {@code LastHttpContent} is the end
     */
    default Next requestBody(HttpContent piece) {
        return Next.CONTINUE;
    }

    /** The head of the response, whose headers the filter may change. */
    default void responseHead(ResponseHead head) {}

    /**
     * A piece of the response's body; not called for a response without one.
     *
     * @return what is to be sent in its place, which may be empty but is the end if the piece is; whoever returns another
     *     one owns the piece's buffer
     */
    default HttpContent responseBody(HttpContent piece) {
        return piece;
    }

    /** The exchange is over, well or not; called once. */
    default void ended() {}
}
