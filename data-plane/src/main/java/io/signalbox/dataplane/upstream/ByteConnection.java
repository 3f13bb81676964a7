package io.signalbox.dataplane.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.List;

/**
 * One connection to a host that carries bytes of one client alone, from the attempt on. It counts against the cluster's limits
 * on connections and, until it is up, on what waits for one; not against that on requests. Confined to its event loop.
 */
public final class ByteConnection {
    /** What came of it; one of the two is called, once, unless it is given up before. */
    public interface Outcome {
        /** @param channel does not read by itself, and is to be closed by whoever gets it */
        void up(Channel channel);

        void failed(UpstreamFailure failure);
    }

    /** What the outcome of a connection stands for in a host's record, which is kept in statuses. */
    private static final int CONNECTED = 200;

    private final Host host;
    private final Outcome outcome;
    private boolean givenUp;

    private ByteConnection(Host host, Outcome outcome) {
        this.host = host;
        this.outcome = outcome;
    }

    /** May call the outcome before it returns. */
    public static ByteConnection open(EventLoop eventLoop, Host host, Outcome outcome) {
        ByteConnection connection = new ByteConnection(host, outcome);
        Usage usage = host.transport().usage();
        if (!usage.startConnection(false)) {
            outcome.failed(UpstreamFailure.OVERFLOW);
        } else if (!usage.startPending()) {
            usage.endConnection();
            outcome.failed(UpstreamFailure.OVERFLOW);
        } else {
            connection.open(eventLoop);
        }
        return connection;
    }

    private void open(EventLoop eventLoop) {
        host.requestStarted();
        ChannelOpener.open(eventLoop, host, List.of(), new ChannelOpener.Outcome() {
            @Override
            public void up(Channel channel) {
                host.transport().usage().endPending();
                host.answered(CONNECTED);
                host.load().started();
                channel.closeFuture().addListener(closed -> {
                    host.load().ended();
                    ended();
                });
                if (givenUp) {
                    channel.close();
                } else {
                    outcome.up(channel);
                }
            }

            @Override
            public void failed(UpstreamFailure failure) {
                host.transport().usage().endPending();
                host.answered(failure.standsFor());
                ended();
                if (!givenUp) {
                    outcome.failed(failure);
                }
            }
        });
    }

    private void ended() {
        host.transport().usage().endConnection();
        host.requestEnded();
    }

    /** The client is gone while it was not yet up; nothing is told any more. */
    public void giveUp() {
        givenUp = true;
    }
}
