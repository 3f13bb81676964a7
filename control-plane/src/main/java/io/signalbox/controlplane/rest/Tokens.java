package io.signalbox.controlplane.rest;

import io.signalbox.controlplane.access.Principal;
import java.util.Optional;

/** Who may use the API. Any thread. */
@FunctionalInterface
public interface Tokens {
    /**
     * @param token as the request brought it; whoever compares it must take the same time however much of it is right
     * @return empty for a token that is not, or no longer, valid
     */
    Optional<Principal> find(String token);
}
