package io.signalbox.dataplane.upstream;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;

/**
 * Decides of one exchange whether it went well, and counts it once, or never where the client went away. An answer counts
 * when its head comes; that of a gRPC call when it is whole, as its status comes last. Confined to the exchange's event
 * loop.
 */
final class Score {
    private enum State {
        OPEN,
        /** The head of an answer to a gRPC call is there. */
        AWAITS_STATUS,
        DONE
    }

    private final HostLoad load;
    private State state = State.OPEN;

    Score(HostLoad load) {
        this.load = load;
    }

    void head(HttpResponse response, boolean isWhole, boolean isCall) {
        if (state != State.OPEN) {
            return;
        }
        if (response.status().code() >= 500) {
            done(false);
        } else if (!isCall) {
            done(true);
        } else if (isWhole) {
            done(GrpcCalls.wentWell(response.headers()));
        } else {
            state = State.AWAITS_STATUS;
        }
    }

    void end(HttpHeaders trailers) {
        if (state == State.AWAITS_STATUS) {
            done(GrpcCalls.wentWell(trailers));
        }
    }

    /** It broke off, or took too long; whoever has the head of the answer already cannot be told. */
    void failed() {
        if (state != State.DONE) {
            done(false);
        }
    }

    void disregard() {
        state = State.DONE;
    }

    private void done(boolean well) {
        state = State.DONE;
        load.ended(well);
    }
}
