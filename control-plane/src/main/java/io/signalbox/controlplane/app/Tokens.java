package io.signalbox.controlplane.app;

import io.signalbox.controlplane.access.Principal;
import java.util.List;
import java.util.Optional;

/** Who may use the API. Any thread. */
final class Tokens {
    private final List<Token> tokens;

    Tokens(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /** @param secret what came in the {@code Authorization} header */
    Optional<Principal> find(String secret) {
        byte[] digest = Token.digest(secret);
        Optional<Principal> found = Optional.empty();
        for (Token token : tokens) { // to the end, also after a hit: the time says nothing about which one it was
            if (token.isFor(digest)) {
                found = Optional.of(Principal.admin(token.name()));
            }
        }
        return found;
    }
}
