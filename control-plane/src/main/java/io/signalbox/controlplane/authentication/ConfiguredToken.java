package io.signalbox.controlplane.authentication;

import io.signalbox.controlplane.access.Principal;

/**
 * A token that the configuration of the server names: valid for as long as it does.
 *
 * @param digest SHA-256 of the secret
 */
public record ConfiguredToken(Principal principal, byte[] digest) {
    @Override
    public String toString() {
        return principal.toString();
    }
}
