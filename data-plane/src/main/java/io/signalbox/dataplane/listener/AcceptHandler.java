package io.signalbox.dataplane.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.signalbox.dataplane.http.ClientConnection;
import io.signalbox.dataplane.http.CodecChoice;
import io.signalbox.dataplane.http.DownstreamInfo;
import io.signalbox.dataplane.tls.ClientIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
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
        InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
        current.accepting()
                .find(peer.getAddress())
                .filter(chain -> !chain.refuses())
                .ifPresentOrElse(chain -> serve(channel, peer, current, chain), channel::close);
    }

    private void serve(Channel channel, InetSocketAddress peer, Generation current, ServingChain chain) {
        Optional<ClientIdentity> identity = chain.tls().map(tls -> tls.install(channel));
        InetSocketAddress local = (InetSocketAddress) channel.localAddress();
        ClientConnection connection = CodecChoice.install(
                channel.pipeline(),
                chain.context(),
                DownstreamInfo.of(peer, local, localAddress, identity),
                workers.poolOf(channel.eventLoop()));
        current.add(channel, connection);
    }
}
