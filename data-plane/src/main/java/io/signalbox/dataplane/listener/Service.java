package io.signalbox.dataplane.listener;

import io.netty.channel.Channel;
import io.signalbox.dataplane.http.ClientConnection;
import io.signalbox.dataplane.http.DownstreamInfo;
import io.signalbox.dataplane.upstream.ConnectionPool;

/** What a filter chain does with connections. Any thread. */
@FunctionalInterface
public interface Service {
    /**
     * Takes over a channel, on its event loop.
     *
     * @param channel does not read by itself; has TLS in its pipeline, if the chain has it
     * @param pool of the channel's event loop
     */
    ClientConnection serve(Channel channel, DownstreamInfo downstream, ConnectionPool pool);
}
