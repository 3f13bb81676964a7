package io.signalbox.dataplane.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.util.NetUtil;
import io.signalbox.dataplane.http.DownstreamInfo;
import io.signalbox.dataplane.http.HttpConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Supplier;

/** Sets up each new connection by the listener's version of that moment. */
final class AcceptHandler extends ChannelInitializer<Channel> {
    private final Supplier<Generation> generation;
    private final Workers workers;
    private final InetAddress localAddress;

    AcceptHandler(Supplier<Generation> generation, Workers workers, InetAddress localAddress) {
        this.generation = generation;
        this.workers = workers;
        this.localAddress = localAddress;
    }

    @Override
    protected void initChannel(Channel channel) {
        Generation current = generation.get();
        Generation.Accepting accepting = current.accepting();
        if (accepting.refuses()) {
            channel.close();
            return;
        }
        accepting.tls().ifPresent(tls -> channel.pipeline().addLast(tls.newHandler(channel.alloc())));
        HttpConnection connection = HttpConnection.install(
                channel.pipeline(),
                current.context(),
                info(channel, accepting.tls().isPresent()),
                workers.poolOf(channel.eventLoop()));
        current.add(channel, connection);
    }

    /** Envoy: from a loopback client it appends its own address, so that backends elsewhere can make use of it. */
    private DownstreamInfo info(Channel channel, boolean tls) {
        InetAddress client = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        InetAddress forwarded = client.isLoopbackAddress() ? localAddress : client;
        return new DownstreamInfo(
                text(channel.remoteAddress()),
                text(channel.localAddress()),
                NetUtil.toAddressString(client),
                NetUtil.toAddressString(forwarded),
                tls);
    }

    private static String text(SocketAddress address) {
        return NetUtil.toSocketAddressString((InetSocketAddress) address);
    }
}
