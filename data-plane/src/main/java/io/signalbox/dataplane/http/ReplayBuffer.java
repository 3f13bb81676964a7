package io.signalbox.dataplane.http;

import io.netty.handler.codec.http.HttpContent;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a request, kept to be sent again. One that grows too long is dropped, and then can't be. Confined to the
 * exchange's event loop. Envoy: {@code per_request_buffer_limit_bytes}, by default what the listener keeps of a connection.
 */
final class ReplayBuffer {
    private final List<HttpContent> pieces = new ArrayList<>(1);
    private final long limit;
    private long length;
    private boolean dropped;

    /** @param limit in bytes */
    ReplayBuffer(long limit) {
        this.limit = limit;
    }

    /** Keeps a piece, whose buffer stays the caller's. */
    void add(HttpContent piece) {
        if (dropped) {
            return;
        }
        length += piece.content().readableBytes();
        if (length > limit) {
            drop();
        } else {
            pieces.add(piece.retainedDuplicate());
        }
    }

    /** Whether the body up to now is there. */
    boolean isWhole() {
        return !dropped;
    }

    int size() {
        return pieces.size();
    }

    /** One piece again; its buffer becomes the caller's. */
    HttpContent piece(int index) {
        return pieces.get(index).retainedDuplicate();
    }

    /** All pieces again; their buffers become the caller's. */
    List<HttpContent> copy() {
        return pieces.stream().map(HttpContent::retainedDuplicate).toList();
    }

    void drop() {
        dropped = true;
        pieces.forEach(HttpContent::release);
        pieces.clear();
    }
}
