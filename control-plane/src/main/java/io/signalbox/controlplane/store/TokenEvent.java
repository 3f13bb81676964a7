package io.signalbox.controlplane.store;

import io.signalbox.controlplane.access.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * One change to the tokens.
 *
 * @param n grows with each change
 * @param event {@code created} or {@code revoked}
 * @param principal who came with the token
 * @param author who did it
 */
public record TokenEvent(
        long n,
        String event,
        Principal principal,
        Optional<Instant> expiresAt,
        String author,
        Optional<String> reason,
        Instant at) {}
