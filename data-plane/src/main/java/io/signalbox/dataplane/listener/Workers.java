package io.signalbox.dataplane.listener;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.signalbox.dataplane.upstream.ConnectionPool;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The event loops, each with its own upstream connections: a request stays on the loop of its client connection. */
public final class Workers {
    private final EventLoopGroup group;
    private final Map<EventExecutor, ConnectionPool> pools = new IdentityHashMap<>();

    public Workers(int threads) {
        this.group =
                new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("worker"), NioIoHandler.newFactory());
        for (EventExecutor executor : group) {
            pools.put(executor, new ConnectionPool((EventLoop) executor));
        }
    }

    public EventLoopGroup group() {
        return group;
    }

    ConnectionPool poolOf(EventLoop eventLoop) {
        ConnectionPool pool = pools.get(eventLoop);
        if (pool == null) {
            throw new IllegalArgumentException("not one of ours");
        }
        return pool;
    }

    /** Closes idle upstream connections to hosts that are gone. */
    public void pruneConnections() {
        pools.values().forEach(ConnectionPool::prune);
    }

    public Future<?> shutDown() {
        return group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    }
}
