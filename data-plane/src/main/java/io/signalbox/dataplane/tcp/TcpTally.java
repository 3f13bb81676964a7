package io.signalbox.dataplane.tcp;

import io.netty.util.NetUtil;
import io.signalbox.routing.ConnectionView;
import io.signalbox.routing.FormatContext;
import io.signalbox.routing.RequestOutcome;
import io.signalbox.routing.RequestView;
import io.signalbox.routing.UnknownRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What an access log tells of a connection, kept while it lasts. Of requests nothing is known. Confined to its event loop. */
final class TcpTally implements FormatContext, UnknownRequest {
    private final ConnectionView connection;
    private final Instant startTime;
    private final long startNanos = System.nanoTime();
    private String flags = "-";
    private String cluster = "";
    private String host = "";
    private long bytesReceived;
    private long bytesSent;

    TcpTally(ConnectionView connection, Instant startTime) {
        this.connection = connection;
        this.startTime = startTime;
    }

    void received(int bytes) {
        bytesReceived += bytes;
    }

    void sent(int bytes) {
        bytesSent += bytes;
    }

    /** Further reasons come behind a comma, each once. */
    void flag(String flag) {
        if (flags.equals("-")) {
            flags = flag;
        } else if (!List.of(flags.split(",", -1)).contains(flag)) {
            flags += "," + flag;
        }
    }

    void chose(String name) {
        cluster = name;
    }

    void asked(InetSocketAddress address) {
        host = NetUtil.toSocketAddressString(address);
    }

    @Override
    public RequestView request() {
        return this;
    }

    @Override
    public String upstreamCluster() {
        return cluster;
    }

    @Override
    public Instant startTime() {
        return startTime;
    }

    @Override
    public RequestOutcome outcome() {
        Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
        return new RequestOutcome(0, flags, bytesReceived, bytesSent, duration, host);
    }

    @Override
    public ConnectionView connection() {
        return connection;
    }
}
