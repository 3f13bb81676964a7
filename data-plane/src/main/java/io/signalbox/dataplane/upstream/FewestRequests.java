package io.signalbox.dataplane.upstream;

import io.signalbox.routing.RandomValue;
import java.util.OptionalLong;

/**
 * The one with fewest requests in flight of a few hosts drawn at random, the first drawn when they are equal. Draws are
 * with replacement, as Envoy's: the busier of two hosts is taken when it is drawn twice. Envoy: "Load balancers", least
 * request with equal weights.
 */
final class FewestRequests implements LoadBalancer {
    private final Host[] hosts;
    private final int choices;
    private final RandomValue random;

    FewestRequests(Host[] hosts, int choices, RandomValue random) {
        this.hosts = hosts;
        this.choices = choices;
        this.random = random;
    }

    @Override
    public Host pick(OptionalLong hash) {
        Host best = draw();
        for (int i = 1; i < choices; i++) {
            Host other = draw();
            if (other.activeRequests() < best.activeRequests()) {
                best = other;
            }
        }
        return best;
    }

    private Host draw() {
        return hosts[(int) Long.remainderUnsigned(random.next(), hosts.length)];
    }
}
