package io.signalbox.controlplane.store;

import java.time.Instant;
import java.util.UUID;

/**
 * An alert that a webhook has not taken yet.
 *
 * @param id the same at each attempt
 * @param revision what it tells of
 * @param at when that was committed
 * @param attempts how many have begun
 */
public record StoredAlert(UUID id, long revision, String body, Instant at, int attempts) {}
