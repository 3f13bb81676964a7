package io.signalbox.dataplane.upstream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one host, and the requests that wait for one of them. The connection kept last is
 * used next, so that what is not needed grows old and is closed by its backend. Confined to its event loop.
 */
final class HostConnections {
    private final ArrayDeque<HostConnection> withRoom = new ArrayDeque<>();
    private final ArrayDeque<UpstreamExchange> waiting = new ArrayDeque<>();
    private int open;
    private int comingUp;

    void opened() {
        open++;
        comingUp++;
    }

    /** One is up, or has failed to be. */
    void cameUp() {
        comingUp--;
    }

    boolean isAnyComingUp() {
        return comingUp > 0;
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

    /** It stays kept. */
    @Nullable
    HostConnection findWithRoom() {
        while (!withRoom.isEmpty()) {
            HostConnection last = withRoom.getLast();
            if (last.hasRoom()) {
                return last;
            }
            withRoom.removeLast();
        }
        return null;
    }

    /** Once, however often it is said. */
    void keep(HostConnection connection) {
        if (!withRoom.contains(connection)) {
            withRoom.addLast(connection);
        }
    }

    void forget(HostConnection connection) {
        withRoom.removeLastOccurrence(connection);
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
        withRoom.stream().filter(HostConnection::isIdle).toList().forEach(HostConnection::close);
    }
}
