package io.signalbox.controlplane.model;

/** What is changed about the headers of requests before they are forwarded, and of responses before they are sent. */
public record HeaderEdits(HeaderChanges request, HeaderChanges response) {
    public static final HeaderEdits NONE = new HeaderEdits(HeaderChanges.NONE, HeaderChanges.NONE);

    /** Both, of which the other has the last word. */
    public HeaderEdits and(HeaderEdits other) {
        return new HeaderEdits(request.and(other.request), response.and(other.response));
    }

    public boolean isEmpty() {
        return request.isEmpty() && response.isEmpty();
    }
}
