package io.signalbox.dataplane.upstream;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One endpoint of one cluster, the same object for as long as configs name it: connections and the count of requests
 * outlive config changes. Safe for use by any thread.
 */
public final class Host {
    private final InetSocketAddress address;
    private final Transport transport;
    private final AtomicInteger activeRequests = new AtomicInteger();
    private volatile boolean retired;

    Host(InetSocketAddress address, Transport transport) {
        this.address = address;
        this.transport = transport;
    }

    public InetSocketAddress address() {
        return address;
    }

    Transport transport() {
        return transport;
    }

    public int activeRequests() {
        return activeRequests.get();
    }

    void requestStarted() {
        activeRequests.incrementAndGet();
    }

    void requestEnded() {
        activeRequests.decrementAndGet();
    }

    /** No config names it any more: requests in flight end, no connection is kept for another. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }
}
