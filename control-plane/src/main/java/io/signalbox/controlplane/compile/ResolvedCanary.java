package io.signalbox.controlplane.compile;

import io.signalbox.controlplane.model.CanarySpec.Assignment;
import io.signalbox.controlplane.model.CanarySpec.Cookie;

/**
 * A canary under way on a route.
 *
 * @param name of the resource
 * @param stable the pool whose requests are divided
 * @param canary the pool that gets some of them
 * @param share of how many percent
 */
public record ResolvedCanary(
        String name, String stable, String canary, int share, Assignment assignment, Cookie cookie) {}
