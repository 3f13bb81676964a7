package io.signalbox.dataplane.upstream;

import io.signalbox.routing.RandomValue;
import java.util.OptionalLong;

final class RandomChoice implements LoadBalancer {
    private final Host[] hosts;
    private final RandomValue random;

    RandomChoice(Host[] hosts, RandomValue random) {
        this.hosts = hosts;
        this.random = random;
    }

    @Override
    public Host pick(OptionalLong hash) {
        return hosts[(int) Long.remainderUnsigned(random.next(), hosts.length)];
    }
}
