package io.signalbox.controlplane.validation;

import io.signalbox.controlplane.model.ResourceKey;

/**
 * A violation and the resource that it is in.
 *
 * @param violation with a field path from the resource's envelope on: {@code spec.endpoints[0].port}
 */
public record KeyedViolation(ResourceKey key, Violation violation) {}
