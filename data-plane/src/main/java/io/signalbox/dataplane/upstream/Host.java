package io.signalbox.dataplane.upstream;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One endpoint of one cluster, the same object for as long as configs name it: connections, health and the count of
 * requests outlive config changes. Safe for use by any thread; its health is changed by the config thread alone.
 */
public final class Host {
    private final InetSocketAddress address;
    private final Transport transport;
    private final AtomicInteger activeRequests = new AtomicInteger();
    private final HostLoad load = new HostLoad();
    private final Streaks streaks;
    private volatile boolean failsProbes;
    private volatile boolean ejected;
    private volatile boolean retired;
    private volatile Instant wellSince;

    /** As in Envoy, a host that is to be probed is unhealthy until its first probe succeeds. */
    Host(InetSocketAddress address, Transport transport, Instant now) {
        this.wellSince = now;
        this.address = address;
        this.transport = transport;
        this.streaks = new Streaks(transport.outliers());
        this.failsProbes = transport.isProbed();
    }

    public InetSocketAddress address() {
        return address;
    }

    /** The host name that was looked up to find it; empty for one that the config gives by its address. */
    public Optional<String> name() {
        String name = address.getHostString();
        return name.equals(address.getAddress().getHostAddress()) ? Optional.empty() : Optional.of(name);
    }

    Transport transport() {
        return transport;
    }

    HostLoad load() {
        return load;
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

    /** What it answered, or what stands for no answer. */
    void answered(int status) {
        if (streaks.add(status)) {
            transport.tellOfOutlier(this);
        }
    }

    /** Whether, as far as the proxy itself has found out, it is well. */
    public boolean isHealthy() {
        return !failsProbes && !ejected;
    }

    void failsProbes() {
        failsProbes = true;
    }

    /** A probe has found it well, as no probe did before. */
    void passesProbes(Instant now) {
        wellSince = now;
        failsProbes = false;
    }

    /** Since when it has been there, or has been found well. */
    Instant wellSince() {
        return wellSince;
    }

    boolean isEjected() {
        return ejected;
    }

    void eject(boolean out) {
        ejected = out;
        forgetStreaks();
    }

    void forgetStreaks() {
        streaks.reset();
    }

    /** No config names it any more: requests in flight end, no connection is kept for another. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }
}
