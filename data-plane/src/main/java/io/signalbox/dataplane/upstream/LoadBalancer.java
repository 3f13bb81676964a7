package io.signalbox.dataplane.upstream;

import java.util.OptionalLong;

/** Picks a host for a request; there is at least one. Safe for use by any thread. */
interface LoadBalancer {
    Host pick();

    /** @param hash of the request, which most policies do not look at */
    default Host pick(OptionalLong hash) {
        return pick();
    }
}
