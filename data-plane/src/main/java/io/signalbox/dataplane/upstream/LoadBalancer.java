package io.signalbox.dataplane.upstream;

/** Picks a host for a request; there is at least one. Safe for use by any thread. */
interface LoadBalancer {
    Host pick();
}
