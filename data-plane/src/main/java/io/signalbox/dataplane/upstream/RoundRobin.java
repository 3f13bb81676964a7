package io.signalbox.dataplane.upstream;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** One host after the other, from a random one on so that many proxies do not start in step. */
final class RoundRobin implements LoadBalancer {
    private final Host[] hosts;
    private final AtomicInteger next;

    RoundRobin(Host[] hosts, int start) {
        this.hosts = hosts;
        this.next = new AtomicInteger(start);
    }

    @Override
    public Host pick(OptionalLong hash) {
        return hosts[Integer.remainderUnsigned(next.getAndIncrement(), hosts.length)];
    }
}
