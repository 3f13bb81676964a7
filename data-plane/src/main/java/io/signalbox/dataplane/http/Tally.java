package io.signalbox.dataplane.http;

import io.netty.util.NetUtil;
import io.signalbox.routing.RequestOutcome;
import java.net.InetSocketAddress;
import java.time.Duration;

/** What an access log tells of an exchange, kept while it goes on. Confined to the exchange's event loop. */
final class Tally {
    private final long startNanos = System.nanoTime();
    private int status;
    private String flags = "-";
    private long bytesReceived;
    private long bytesSent;
    private String upstreamHost = "";

    void received(int bytes) {
        bytesReceived += bytes;
    }

    void sent(int bytes) {
        bytesSent += bytes;
    }

    void responded(int newStatus) {
        status = newStatus;
    }

    /** Further reasons come behind a comma. */
    void flag(String flag) {
        if (!flag.isEmpty()) {
            flags = flags.equals("-") ? flag : flags + "," + flag;
        }
    }

    void asked(InetSocketAddress host) {
        upstreamHost = NetUtil.toSocketAddressString(host);
    }

    RequestOutcome outcome() {
        return new RequestOutcome(
                status,
                flags,
                bytesReceived,
                bytesSent,
                Duration.ofNanos(System.nanoTime() - startNanos),
                upstreamHost);
    }
}
