package io.signalbox.controlplane.store;

import io.signalbox.controlplane.access.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * A token without its secret.
 *
 * @param principal who comes with it; named like the token
 * @param expiresAt from then on it is not valid
 * @param author who made it
 * @param n the number of its creation among all changes to tokens; the entity tag is made of it
 */
public record StoredToken(Principal principal, Optional<Instant> expiresAt, String author, Instant createdAt, long n) {
    public String name() {
        return principal.name();
    }

    public boolean isExpired(Instant now) {
        return expiresAt.map(end -> !now.isBefore(end)).orElse(false);
    }
}
