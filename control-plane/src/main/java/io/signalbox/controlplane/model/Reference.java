package io.signalbox.controlplane.model;

/**
 * One mention of another resource.
 *
 * @param field where, as a field path below the spec: {@code action.forward.pools[0].pool}
 * @param target what is named there
 */
public record Reference(String field, ResourceKey target) {}
