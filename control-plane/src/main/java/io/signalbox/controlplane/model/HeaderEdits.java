package io.signalbox.controlplane.model;

/** What is changed about the headers of requests before they are forwarded, and of responses before they are sent. */
public record HeaderEdits(HeaderChanges request, HeaderChanges response) {
    public static final HeaderEdits NONE = new HeaderEdits(HeaderChanges.NONE, HeaderChanges.NONE);

    public boolean isEmpty() {
        return request.isEmpty() && response.isEmpty();
    }
}
