package io.signalbox.controlplane.model;

/** How a pool chooses among its endpoints. Envoy: {@code Cluster.lb_policy}. */
public sealed interface LoadBalancing {
    /** Each endpoint in turn, as often as its weight says. */
    record RoundRobin() implements LoadBalancing {}

    /** The one with fewer requests under way, of two chosen at random (Envoy's default choice count). */
    record LeastRequest() implements LoadBalancing {}
}
