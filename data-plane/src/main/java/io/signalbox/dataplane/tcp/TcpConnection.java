package io.signalbox.dataplane.tcp;

import io.netty.channel.Channel;
import io.signalbox.dataplane.config.TcpConfig.Arm;
import io.signalbox.dataplane.http.ClientConnection;
import io.signalbox.dataplane.http.DownstreamInfo;
import io.signalbox.dataplane.http.IdleTimer;
import io.signalbox.dataplane.upstream.ByteConnection;
import io.signalbox.dataplane.upstream.Cluster;
import io.signalbox.dataplane.upstream.Host;
import io.signalbox.dataplane.upstream.UpstreamFailure;
import io.signalbox.routing.balance.XxHash;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection and the one to a host that goes with it. The cluster is chosen once; hosts are tried as often as the
 * config says. Confined to the event loop of the client's channel, which is that of the host's, too. Envoy: {@code
 * TcpProxy::Filter}.
 */
public final class TcpConnection implements ClientConnection, Side.Watcher, ByteConnection.Outcome {
    private final TcpContext context;
    private final Channel client;
    private final DownstreamInfo downstream;
    private final TcpTally tally;
    private final Arm arm;
    private final Side near = new Side(this);
    private final Side far = new Side(this);
    private int attempts;
    private @Nullable ByteConnection opening;
    private @Nullable Channel upstream;
    private @Nullable IdleTimer idle;
    private boolean logged;

    private TcpConnection(Channel client, TcpContext context, DownstreamInfo downstream) {
        this.context = context;
        this.client = client;
        this.downstream = downstream;
        this.tally = new TcpTally(downstream, context.clock().instant());
        this.arm = context.config().pick(context.random().next());
    }

    /** Takes over a client's channel, which must not read by itself, and begins to connect. */
    public static ClientConnection install(Channel client, TcpContext context, DownstreamInfo downstream) {
        TcpConnection connection = new TcpConnection(client, context, downstream);
        client.pipeline().addLast(connection.near);
        connection.connect();
        return connection;
    }

    private void connect() {
        Cluster cluster = context.snapshot().get().clusters().get(arm.cluster());
        if (cluster == null) {
            giveUp("NC");
            return;
        }
        tally.chose(cluster.name());
        Optional<Host> host = cluster.pick(arm.labels(), hash());
        if (host.isEmpty()) {
            giveUp("UH");
            return;
        }
        attempts++;
        tally.asked(host.get().address());
        opening = ByteConnection.open(client.eventLoop(), host.get(), this);
    }

    private OptionalLong hash() {
        return context.config().bySourceIp() ? OptionalLong.of(XxHash.of(downstream.peer())) : OptionalLong.empty();
    }

    @Override
    public void up(Channel channel) {
        upstream = channel;
        channel.pipeline().addLast(far);
        idle = IdleTimer.start(client.eventLoop(), context.config().idleTimeout(), this::closeNow);
        Side.connect(near, far);
    }

    @Override
    public void failed(UpstreamFailure failure) {
        if (failure == UpstreamFailure.OVERFLOW) {
            giveUp(failure.flag());
        } else if (attempts < context.config().connectAttempts()) {
            tally.flag(failure.flag());
            // Later, as any number of hosts may fail at once.
            client.eventLoop().execute(this::connect);
        } else {
            tally.flag(failure.flag());
            giveUp("URX");
        }
    }

    private void giveUp(String flag) {
        tally.flag(flag);
        near.closeNow();
    }

    @Override
    public void moved(Side side, int bytes) {
        if (side == near) {
            tally.received(bytes);
        } else {
            tally.sent(bytes);
        }
        if (idle != null) {
            idle.touch();
        }
    }

    @Override
    public void ended() {
        if (near.isDone() && far.isDone()) {
            near.close();
            far.close();
        }
    }

    /** One side is gone: the other one gets what was written to it before. */
    @Override
    public void closed() {
        if (opening != null && upstream == null) {
            opening.giveUp();
        }
        near.close();
        far.close();
        boolean over = !client.isActive() && (upstream == null || !upstream.isActive());
        if (over && idle != null) {
            idle.stop();
        }
        if (over && !logged) {
            logged = true;
            context.log().write(tally);
        }
    }

    private void closeNow() {
        near.closeNow();
        far.closeNow();
    }

    /** Connections are let be until the listener's time to drain is over; nothing says when they may end. */
    @Override
    public void drain() {}

    /** As {@link #drain()}. */
    @Override
    public void shutDown() {}
}
