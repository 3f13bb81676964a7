package io.signalbox.controlplane.app;

import io.signalbox.controlplane.access.Principal;
import io.signalbox.controlplane.authentication.Secret;
import io.signalbox.controlplane.authentication.Tokens;
import io.signalbox.controlplane.store.StoreUnavailable;
import java.util.Optional;

/** The token that a new installation begins with. */
final class FirstToken {
    static final String NAME = "first-admin";

    private FirstToken() {}

    /** @return empty when there is a token already; of replicas that start together, one makes it */
    static Optional<Secret> createIfNeeded(Tokens tokens) throws StartFailed {
        if (!tokens.isEmpty()) {
            return Optional.empty();
        }
        try {
            return tokens.create(
                            Principal.admin(NAME),
                            Optional.empty(),
                            Principal.SIGNALBOX.name(),
                            Optional.of("the first start, without any token"))
                    .map(Tokens.Created::secret);
        } catch (StoreUnavailable e) {
            throw new StartFailed("The first token cannot be made: " + StartFailed.innermost(e), e);
        }
    }
}
