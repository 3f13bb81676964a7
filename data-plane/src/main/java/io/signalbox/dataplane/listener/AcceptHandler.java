package io.signalbox.dataplane.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.signalbox.dataplane.config.ProxyProtocolConfig;
import io.signalbox.dataplane.http.ClientConnection;
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
        Optional<ProxyProtocolConfig> protocol =
                current.accepting().listener().config().proxyProtocol();
        if (protocol.isEmpty()) {
            begin(channel, Origin.of(channel), current);
        } else {
            ClientConnection waiting = ProxyProtocolHandler.install(
                    channel.pipeline(), protocol.get(), origin -> begin(channel, origin, current));
            current.add(channel, waiting);
        }
    }

    private void begin(Channel channel, Origin origin, Generation current) {
        if (current.accepting().asksForNames()) {
            ServerNameHandler names = new ServerNameHandler(
                    current.accepting().listener().config().filtersTimeout(),
                    name -> choose(channel, origin, name, current));
            channel.pipeline().addLast(names);
            current.add(channel, names);
        } else {
            choose(channel, origin, "", current);
        }
    }

    /** @param serverName that the client asks for, if that is of interest */
    private void choose(Channel channel, Origin origin, String serverName, Generation current) {
        current.accepting()
                .find(serverName, origin.client().getAddress())
                .filter(chain -> !chain.refuses() && chain.connections().enter())
                .ifPresentOrElse(chain -> serve(channel, origin, current, chain), channel::close);
    }

    private void serve(Channel channel, Origin origin, Generation current, ServingChain chain) {
        channel.closeFuture().addListener(closed -> chain.connections().leave());
        Optional<ClientIdentity> identity = chain.tls().map(tls -> tls.install(channel));
        InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
        ClientConnection connection = chain.service()
                .serve(
                        channel,
                        DownstreamInfo.of(peer, origin.client(), origin.destination(), localAddress, identity),
                        workers.poolOf(channel.eventLoop()));
        current.add(channel, connection);
    }
}
