package io.signalbox.controlplane.load;

import java.time.Instant;

/**
 * A proxy that reports, or did.
 *
 * @param lastReport when its newest report came, by the clock of the control plane that got it
 */
public record Reporter(String node, Instant lastReport) {}
