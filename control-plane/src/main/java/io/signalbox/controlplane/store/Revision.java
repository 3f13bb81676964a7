package io.signalbox.controlplane.store;

import java.time.Instant;
import java.util.Optional;

/**
 * One committed set of changes.
 *
 * @param n 1 for the first; there are no gaps
 * @param author the name of the token it was made with
 */
public record Revision(long n, String author, Optional<String> reason, Instant at) {}
