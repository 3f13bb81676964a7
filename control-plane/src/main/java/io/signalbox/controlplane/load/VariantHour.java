package io.signalbox.controlplane.load;

import java.time.Instant;

/**
 * An hour of a variant of an experiment.
 *
 * @param run when the experiment was started, which tells its runs apart
 */
public record VariantHour(String experiment, Instant run, String variant, Assignment assignment, Instant hour) {}
