package io.signalbox.dataplane.upstream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one host, and the requests that wait for one of them. The connection used last is
 * used next, so that what is not needed grows old and is closed by its backend. Confined to its event loop.
 */
final class HostConnections {
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private final ArrayDeque<UpstreamExchange> waiting = new ArrayDeque<>();
    private int open;

    void opened() {
        open++;
    }

    void closed() {
        open--;
    }

    /** Whether any connection is there, busy, idle or on its way. */
    boolean hasAny() {
        return open > 0;
    }

    boolean isUnused() {
        return open == 0 && waiting.isEmpty();
    }

    @Nullable
    UpstreamConnection takeIdle() {
        while (!idle.isEmpty()) {
            UpstreamConnection last = idle.removeLast();
            if (last.isUsable()) {
                return last;
            }
        }
        return null;
    }

    void keep(UpstreamConnection connection) {
        idle.addLast(connection);
    }

    void forget(UpstreamConnection connection) {
        idle.removeLastOccurrence(connection);
    }

    void await(UpstreamExchange exchange) {
        waiting.addLast(exchange);
    }

    @Nullable
    UpstreamExchange nextWaiting() {
        return waiting.pollFirst();
    }

    boolean stopWaiting(UpstreamExchange exchange) {
        return waiting.removeFirstOccurrence(exchange);
    }

    List<UpstreamExchange> takeAllWaiting() {
        List<UpstreamExchange> all = new ArrayList<>(waiting);
        waiting.clear();
        return all;
    }

    boolean anyWaiting() {
        return !waiting.isEmpty();
    }

    void closeIdle() {
        new ArrayList<>(idle).forEach(UpstreamConnection::close);
    }
}
