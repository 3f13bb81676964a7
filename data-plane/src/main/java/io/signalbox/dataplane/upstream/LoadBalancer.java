package io.signalbox.dataplane.upstream;

import java.util.OptionalLong;

/** Picks a host for a request; there is at least one. Safe for use by any thread. */
interface LoadBalancer {
    /** @param hash of the request, which most policies do not look at */
    Host pick(OptionalLong hash);
}
