package io.signalbox.dataplane.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** A listening socket, and the version of the listener that new connections get. Config thread, but for reads. */
final class BoundListener {
    private static final int BACKLOG = 1024;

    private final InetSocketAddress configured;
    private final Channel server;
    private final Current generation;

    private BoundListener(InetSocketAddress configured, Current generation, Channel server) {
        this.configured = configured;
        this.generation = generation;
        this.server = server;
    }

    /** For the event loops to read. */
    private static final class Current implements Supplier<Generation> {
        private volatile Generation generation;

        Current(Generation first) {
            generation = first;
        }

        @Override
        public Generation get() {
            return generation;
        }

        void set(Generation next) {
            generation = next;
        }
    }

    /** Blocks until it is bound; not for event loops. */
    static BoundListener bind(Generation first, Workers workers, Placement placement, InetAddress localAddress)
            throws IOException {
        InetSocketAddress address = first.accepting().listener().config().address();
        Current generation = new Current(first);
        ChannelFuture bound = new ServerBootstrap()
                .group(workers.group())
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new AcceptHandler(generation, workers, localAddress))
                .bind(placement.place(address))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot bind " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        return new BoundListener(address, generation, bound.channel());
    }

    Generation generation() {
        return generation.get();
    }

    void replace(Generation next) {
        generation.set(next);
    }

    /** As the config has it, with port 0 where it says so. */
    InetSocketAddress configuredAddress() {
        return configured;
    }

    InetSocketAddress boundAddress() {
        return (InetSocketAddress) server.localAddress();
    }

    /** Takes no more connections. Blocks until the port is free; not for event loops. */
    void stopListening() {
        server.close().awaitUninterruptibly();
    }
}
