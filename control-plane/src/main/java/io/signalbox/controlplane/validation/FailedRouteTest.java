package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.Kind;
import io.signalbox.controlplane.model.ResourceKey;
import java.util.List;
import java.util.Optional;

/**
 * A route test that does not hold.
 *
 * @param listener at which it fails; empty when there is none to ask
 * @param route the name of the route that decides instead; empty when none does
 * @param found what becomes of the request: {@code pool payment-v1}
 * @param expected what should: {@code pool payment-v2}
 */
public record FailedRouteTest(
        String name, Optional<String> listener, Optional<String> route, String found, String expected) {
    public ResourceKey key() {
        return new ResourceKey(Kind.ROUTE_TEST, name);
    }

    /** {@code pool payment-v1 by route checkout (expected: pool payment-v2)} */
    public String message() {
        return found + route.map(r -> " by route " + r).orElse("")
                + listener.map(l -> " on listener " + l).orElse("") + " (expected: " + expected + ")";
    }

    public Warning warning() {
        return new Warning("failing-route-test", "route test " + name + " fails: " + message(), List.of(key()));
    }
}
